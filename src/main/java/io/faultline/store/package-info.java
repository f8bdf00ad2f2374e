/** Everything Kibana reads. In: records of all phases. Out: documents in Elasticsearch, NDJSON files and Kafka topics. */
@NullMarked
package io.faultline.store;

import org.jspecify.annotations.NullMarked;
