/**
 * Rules of dynamic Flink CEP in: a graph of patterns as JSON. Out: the same as a rule, or all that has no counterpart in one.
 *
 * <pre>{@code
 * String rule = new GraphReader(options).read("flaps.json", json, problems);
 * }</pre>
 */
@NullMarked
package io.faultline.detect.match.graph;

import org.jspecify.annotations.NullMarked;
