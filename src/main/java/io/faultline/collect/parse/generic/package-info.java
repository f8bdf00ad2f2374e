/** Parsers of what any program may write: text in, {@link io.faultline.collect.parse.format.ParseResult} out. */
@NullMarked
package io.faultline.collect.parse.generic;

import org.jspecify.annotations.NullMarked;
