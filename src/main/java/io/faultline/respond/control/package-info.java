/**
 * What people say to a running job about incidents: silences, acknowledgements, verdicts, approvals. In: records of the
 * control topic; out: {@link io.faultline.respond.control.Command}. Rules come over the same topic and go another way.
 */
@NullMarked
package io.faultline.respond.control;

import org.jspecify.annotations.NullMarked;
