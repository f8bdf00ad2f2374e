package io.faultline.respond.notify.channel;

import java.io.Serializable;

/** The settings of one channel of one receiver. They travel to where the channel is opened. */
public interface ChannelSettings extends Serializable {

    Channel open(ChannelContext context);

    /** How many messages the provider takes. */
    default Rate rate() {
        return Rate.UNLIMITED;
    }

    /** Whether it tells what a {@link Wording} says; else it has a form of its own. */
    default boolean isWorded() {
        return true;
    }
}
