/** Posts notices as JSON to a URL, signed where a secret is shared. */
@NullMarked
package io.faultline.respond.notify.webhook;

import org.jspecify.annotations.NullMarked;
