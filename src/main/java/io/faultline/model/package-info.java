/**
 * The records that travel between the phases, and nothing else: each one immutable, each one a Flink POJO that travels
 * without Kryo. {@code RawLog → TextLog → LogEvent → WindowStatistics → Alert → Incident → Notification}, beside them
 * {@link io.faultline.model.Rejected}.
 *
 * <p>Flink's Java type extraction knows records, enums, strings, primitives, {@link java.time.Instant} and arrays of
 * those. Lists and maps would fall to Kryo, so a component that is a list names its type factory.
 */
@NullMarked
package io.faultline.model;

import org.jspecify.annotations.NullMarked;
