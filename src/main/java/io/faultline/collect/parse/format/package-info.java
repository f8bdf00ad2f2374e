/** What the parsers of all formats are made of: a cursor over text, times, numbers, severities, faults told by their words. */
@NullMarked
package io.faultline.collect.parse.format;

import org.jspecify.annotations.NullMarked;
