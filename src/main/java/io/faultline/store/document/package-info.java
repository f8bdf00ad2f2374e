/**
 * How records look when they are stored: JSON with ECS names and ours, the same in Elasticsearch, in files and in Kafka.
 * In: records. Out: JSON, an id that a replay computes again, and the name of an index.
 */
@NullMarked
package io.faultline.store.document;

import org.jspecify.annotations.NullMarked;
