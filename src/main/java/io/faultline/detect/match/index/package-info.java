/**
 * Which of many conditions an event may meet, without testing each.
 *
 * <p>In: what each condition demands ({@link io.faultline.detect.match.condition.Demand}). Out, for each event: the places
 * of those that it may meet, as bits. Of each demand the index picks the fields and constants that the fewest demands share,
 * so that a look-up of an event's job or code finds the few rules for it among thousands.
 */
@NullMarked
package io.faultline.detect.match.index;

import org.jspecify.annotations.NullMarked;
