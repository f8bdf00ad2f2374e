/**
 * Parsers that people write in YAML, without Java. In: {@link io.faultline.collect.parse.user.ParserFile}, one file with
 * patterns, a mapping to the vocabulary and tests. Out: {@link io.faultline.collect.parse.format.FormatParser}s that
 * stand beside the built-in ones. docs/PARSERS.md tells how to write one.
 */
@NullMarked
package io.faultline.collect.parse.user;

import org.jspecify.annotations.NullMarked;
