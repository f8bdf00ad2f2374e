/** Sends one short text, with Twilio, Alibaba Cloud or Tencent Cloud. */
@NullMarked
package io.faultline.respond.notify.sms;

import org.jspecify.annotations.NullMarked;
