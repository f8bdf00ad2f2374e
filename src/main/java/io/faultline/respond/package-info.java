/** The fourth phase: people and their tools hear of incidents. */
@NullMarked
package io.faultline.respond;

import org.jspecify.annotations.NullMarked;
