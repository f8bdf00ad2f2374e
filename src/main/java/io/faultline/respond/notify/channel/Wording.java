package io.faultline.respond.notify.channel;

/** Puts notices into words. */
public interface Wording {

    Message message(Notice notice);

    /** Stands for the lines that had to give way. */
    String more(int count);
}
