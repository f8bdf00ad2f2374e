/**
 * Candidate in, Finding out: what each kind of rule does with the events of one group, without Flink. A tracker holds no
 * state: that of the group is passed in and given back.
 *
 * <pre>{@code
 * Tracker<ProgressState> tracker = new ProgressTracker(pattern);
 * Tracked<ProgressState> tracked = tracker.feed(state, moment);
 * }</pre>
 */
@NullMarked
package io.faultline.detect.match.track;

import org.jspecify.annotations.NullMarked;
