package io.faultline.respond.notify.group;

/**
 * When a group was told. Times are milliseconds of the group's clock, 0 for never.
 *
 * @param route the id of its route
 * @param receiver who is told
 * @param openedAt when its first incident came that is not over
 * @param lastSentAt when it was last told since then
 */
public record GroupState(String route, String receiver, long openedAt, long lastSentAt) {}
