/**
 * Says how much of what could be known an incident rests on: which of its cluster's sources were silent. In: {@link
 * io.faultline.model.Incident} and the events that {@code collect.assess} tells of sources; out: the incident with its
 * completeness. {@code explain.context} carries both to it.
 */
@NullMarked
package io.faultline.explain.complete;

import org.jspecify.annotations.NullMarked;
