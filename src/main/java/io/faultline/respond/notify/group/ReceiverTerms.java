package io.faultline.respond.notify.group;

import io.faultline.model.Level;
import java.io.Serializable;

/**
 * What a receiver wants to hear of.
 *
 * @param name its name
 * @param minSeverity what is less urgent does not concern it
 * @param sendResolved whether it is told that something is over
 */
public record ReceiverTerms(String name, Level minSeverity, boolean sendResolved) implements Serializable {}
