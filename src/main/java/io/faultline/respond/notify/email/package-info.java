/** Sends notices by mail, as text and as HTML, over SMTP. */
@NullMarked
package io.faultline.respond.notify.email;

import org.jspecify.annotations.NullMarked;
