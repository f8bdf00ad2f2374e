/** Tells a DingTalk (钉钉) group through its robot. */
@NullMarked
package io.faultline.respond.notify.dingtalk;

import org.jspecify.annotations.NullMarked;
