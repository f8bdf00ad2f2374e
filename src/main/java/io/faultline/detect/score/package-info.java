/**
 * WindowStatistics in, keyed by their series; Alert of kind ANOMALY out: a series against its own past. Such an alert
 * is a hint: it is LOW and a symptom, and never opens an incident by itself.
 *
 * <pre>{@code
 * statistics.keyBy(WindowStatistics::series).process(new ScoreFunction(settings))
 * }</pre>
 */
@NullMarked
package io.faultline.detect.score;

import org.jspecify.annotations.NullMarked;
