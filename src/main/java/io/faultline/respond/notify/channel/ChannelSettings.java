package io.faultline.respond.notify.channel;

import java.io.Serializable;

/** The settings of one channel of one receiver. They travel to where the channel is opened. */
public interface ChannelSettings extends Serializable {

    Channel open(ChannelContext context);
}
