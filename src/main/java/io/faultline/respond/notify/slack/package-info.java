/** Tells a Slack channel through an incoming webhook. */
@NullMarked
package io.faultline.respond.notify.slack;

import org.jspecify.annotations.NullMarked;
