/** Prints notices: one block an incident. */
@NullMarked
package io.faultline.respond.notify.console;

import org.jspecify.annotations.NullMarked;
