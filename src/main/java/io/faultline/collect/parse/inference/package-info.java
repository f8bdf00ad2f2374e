/** Parsers of what inference servers write: text in, {@link io.faultline.collect.parse.format.ParseResult} out. */
@NullMarked
package io.faultline.collect.parse.inference;

import org.jspecify.annotations.NullMarked;
