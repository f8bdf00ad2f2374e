/** Hands incidents to an Alertmanager of Prometheus, which routes, silences and tells them as it does with its own. */
@NullMarked
package io.faultline.respond.notify.alertmanager;

import org.jspecify.annotations.NullMarked;
