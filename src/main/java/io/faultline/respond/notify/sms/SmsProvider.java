package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Receipt;

/** A company that sends short texts; one number a request, so that how it went is known of each. */
interface SmsProvider {

    /**
     * @param number as {@code +8613800000000}
     */
    Receipt send(String number, SmsText text);
}
