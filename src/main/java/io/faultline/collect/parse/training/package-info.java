/** Parsers of what training frameworks and their launchers write: text in, {@link io.faultline.collect.parse.format.ParseResult} out. */
@NullMarked
package io.faultline.collect.parse.training;

import org.jspecify.annotations.NullMarked;
