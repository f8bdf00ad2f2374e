/** Tells a Feishu or Lark (飞书) group through its robot. */
@NullMarked
package io.faultline.respond.notify.feishu;

import org.jspecify.annotations.NullMarked;
