/**
 * Logs come in: Kafka records, files and standard input become {@link io.faultline.model.RawLog}, each knowing exactly
 * where it was read. What can not be read is a record too, with a {@link io.faultline.model.RawLog.Trouble}.
 */
@NullMarked
package io.faultline.collect.source;

import org.jspecify.annotations.NullMarked;
