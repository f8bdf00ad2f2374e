/** Documents as lines of JSON in files: {@code events.ndjson}, {@code incidents.ndjson}, … In: records. Out: files. */
@NullMarked
package io.faultline.store.ndjson;

import org.jspecify.annotations.NullMarked;
