package io.faultline.respond.remediate;

import java.time.Instant;

/**
 * What a person said of an action.
 *
 * @param action the action's id
 * @param approved whether it may be done
 * @param author who said so
 * @param reason why; empty where he did not say
 * @param at when, by his machine's clock
 */
public record Approval(String action, boolean approved, String author, String reason, Instant at) {}
