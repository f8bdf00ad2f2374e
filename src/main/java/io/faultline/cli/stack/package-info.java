/**
 * Real servers as child processes: a Kafka broker, an Elasticsearch node and a Flink cluster, for {@code demo --stack} and
 * for the integration tests. In: a work directory for data and logs. Out: addresses. A server dies with this process,
 * however that dies.
 */
@NullMarked
package io.faultline.cli.stack;

import org.jspecify.annotations.NullMarked;
