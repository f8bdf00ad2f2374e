/**
 * Carries actions out. In: {@link io.faultline.model.ActionRequest} from the actions topic; out: {@link
 * io.faultline.model.ActionResult}. It is the other end of {@code respond.remediate}, in a process of its own that alone
 * has rights in the Kubernetes cluster; Flink is not here.
 *
 * <p>{@link io.faultline.respond.remediate.execute.Executor} takes the steps of an action in their order; each kind of
 * target has one class that knows what to ask of the API server.
 */
@NullMarked
package io.faultline.respond.remediate.execute;

import org.jspecify.annotations.NullMarked;
