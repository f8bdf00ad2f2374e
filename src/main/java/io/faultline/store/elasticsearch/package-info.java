/**
 * Elasticsearch 7: index templates and bulk writing. In: records of all phases. Out: documents; what the server refuses goes
 * to {@code faultline-rejected} with the server's reason.
 */
@NullMarked
package io.faultline.store.elasticsearch;

import org.jspecify.annotations.NullMarked;
