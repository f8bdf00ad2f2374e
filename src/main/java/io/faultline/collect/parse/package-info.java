/**
 * Text to events. In: {@link io.faultline.model.TextLog}, one whole record of one writer. Out: {@link
 * io.faultline.model.LogEvent}, always one for each record, and a {@link io.faultline.model.Rejected} beside it where the
 * record broke its own grammar. Before: {@code decode}; after: {@code enrich}.
 *
 * <p>To add a format: one {@link io.faultline.collect.parse.format.FormatParser}, one line in the list of its area, one
 * golden file.
 */
@NullMarked
package io.faultline.collect.parse;

import org.jspecify.annotations.NullMarked;
