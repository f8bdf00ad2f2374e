/**
 * Many words looked for at once. In: a set of literals; then one text after the other. Out: which literals stand where.
 * For steps that would otherwise try one regular expression after the other on every line.
 */
@NullMarked
package io.faultline.collect.literals;

import org.jspecify.annotations.NullMarked;
