/**
 * Takes secrets, personal data, prompts and completions out of what is kept or sent. In and out: {@link
 * io.faultline.model.LogEvent} and {@link io.faultline.model.Rejected}, one for one. Before: {@code parse} and {@code
 * decode}; after: {@code enrich} and the sinks. What is looked for stands in {@code src/main/resources/redact/*.yaml}.
 */
@NullMarked
package io.faultline.collect.redact;

import org.jspecify.annotations.NullMarked;
