package io.faultline.respond.notify.channel;

import java.time.Clock;
import java.time.Duration;

/**
 * What a channel is opened with beside its own settings.
 *
 * @param wording how messages are worded
 * @param timeout for connecting, and for an answer, each
 * @param clock tells the time that providers want in a signature
 */
public record ChannelContext(Wording wording, Duration timeout, Clock clock) {}
