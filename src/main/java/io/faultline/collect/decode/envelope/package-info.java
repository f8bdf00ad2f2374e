/**
 * The envelopes that log shippers put around a line: text in, the texts that were in it out, each with what the envelope
 * said about it. Envelopes nest in any order, so they are opened until what is left is none.
 *
 * <p>{@link io.faultline.collect.decode.envelope.Envelopes} tells them apart by the first characters, and JSON by the
 * names of its outermost keys; what an application wrote itself as JSON is left as it is.
 */
@NullMarked
package io.faultline.collect.decode.envelope;

import org.jspecify.annotations.NullMarked;
