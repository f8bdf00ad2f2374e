/**
 * What every channel shares: the interface, what is to be told, how it went, and the words for it in English and
 * Chinese. A new channel is a sub-package beside this one that implements {@link
 * io.faultline.respond.notify.channel.Channel} and passes its contract kit.
 */
@NullMarked
package io.faultline.respond.notify.channel;

import org.jspecify.annotations.NullMarked;
