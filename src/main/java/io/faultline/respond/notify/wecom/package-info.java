/** Tells a WeCom (企业微信) group through its robot. */
@NullMarked
package io.faultline.respond.notify.wecom;

import org.jspecify.annotations.NullMarked;
