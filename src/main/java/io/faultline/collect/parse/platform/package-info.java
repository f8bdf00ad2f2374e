/** Parsers of what nodes, GPUs, links and schedulers write: text in, {@link io.faultline.collect.parse.format.ParseResult} out. */
@NullMarked
package io.faultline.collect.parse.platform;

import org.jspecify.annotations.NullMarked;
