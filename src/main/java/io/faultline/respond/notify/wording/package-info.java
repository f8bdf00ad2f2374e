/**
 * Puts notices into words by templates, the shipped ones or a person's own. In: {@link
 * io.faultline.respond.notify.channel.Notice}; out: {@link io.faultline.respond.notify.channel.Message}, which the
 * channels mark up.
 *
 * <p>A template is YAML; its texts are Mustache. Why these and not a template that writes the whole message: only a
 * message in parts can be escaped for each channel and cut to its limit on whole lines.
 */
@NullMarked
package io.faultline.respond.notify.wording;

import org.jspecify.annotations.NullMarked;
