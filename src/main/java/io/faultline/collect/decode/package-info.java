/**
 * Bytes become whole records of text: character set, terminal colours, launcher prefixes, progress bars, records that were
 * glued together, and lines that belong together. {@link io.faultline.model.RawLog} in, {@link io.faultline.model.TextLog}
 * out, {@link io.faultline.model.Rejected} beside.
 *
 * <p>A line goes through {@link io.faultline.collect.decode.LineDecoder}, which knows one line only, and then through
 * {@link io.faultline.collect.decode.RecordJoiner}, which knows the lines before it. The first opens the envelopes of log
 * shippers with {@link io.faultline.collect.decode.envelope.Envelopes}.
 */
@NullMarked
package io.faultline.collect.decode;

import org.jspecify.annotations.NullMarked;
