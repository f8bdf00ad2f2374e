package io.faultline.respond.notify.group;

import io.faultline.model.Incident;
import java.util.Arrays;

/**
 * An incident of a group. Times are milliseconds of the group's clock, 0 for never.
 *
 * @param incident its latest revision
 * @param inhibitedBy the id of the incident that keeps it quiet; empty where none does
 * @param told who was told what
 * @param openSince when it opened, or opened again; an acknowledgement from before that does not count
 * @param overSince when it was over; 0 while it is open
 * @param firstToldAt when it was first told since it opened
 * @param lastToldAt when it was last told
 * @param repeats how often it was told again because it stayed open
 * @param escalated how many steps of the escalation were taken since it opened
 * @param reopenings when it opened again, the last {@value #MAX_REOPENINGS}
 * @param quiet why it was not told when it was last looked at; empty where nothing kept it quiet
 */
public record Member(
        Incident incident,
        String inhibitedBy,
        Told told,
        long openSince,
        long overSince,
        long firstToldAt,
        long lastToldAt,
        int repeats,
        int escalated,
        long[] reopenings,
        String quiet) {

    private static final int MAX_REOPENINGS = 10;

    static Member of(Incident incident, String inhibitedBy, long now) {
        boolean open = incident.state() == Incident.State.OPEN;
        return new Member(incident, inhibitedBy, Told.NOTHING, now, open ? 0 : now, 0, 0, 0, 0, new long[0], "");
    }

    boolean isOpen() {
        return incident.state() == Incident.State.OPEN;
    }

    /** With a later revision; an earlier one that comes late changes nothing. */
    Member with(Incident next, String nextInhibitedBy, long now) {
        if (next.revision() < incident.revision()) {
            return this;
        }
        boolean open = next.state() == Incident.State.OPEN;
        boolean reopened = open && !isOpen();
        return new Member(
                next,
                nextInhibitedBy,
                told,
                reopened ? now : openSince,
                open ? 0 : overSince == 0 ? now : overSince,
                reopened ? 0 : firstToldAt,
                lastToldAt,
                repeats,
                reopened ? 0 : escalated,
                reopened ? plus(now) : reopenings,
                quiet);
    }

    Member told(Told now, long at) {
        return new Member(
                incident,
                inhibitedBy,
                now,
                openSince,
                overSince,
                firstToldAt == 0 ? at : firstToldAt,
                at,
                repeats,
                escalated,
                reopenings,
                "");
    }

    Member repeated() {
        return new Member(
                incident,
                inhibitedBy,
                told,
                openSince,
                overSince,
                firstToldAt,
                lastToldAt,
                repeats + 1,
                escalated,
                reopenings,
                quiet);
    }

    Member escalated(int steps) {
        return new Member(
                incident,
                inhibitedBy,
                told,
                openSince,
                overSince,
                firstToldAt,
                lastToldAt,
                repeats,
                steps,
                reopenings,
                quiet);
    }

    Member quiet(String why) {
        return new Member(
                incident,
                inhibitedBy,
                told,
                openSince,
                overSince,
                firstToldAt,
                lastToldAt,
                repeats,
                escalated,
                reopenings,
                why);
    }

    /** How often it opened again since a time. */
    long reopeningsSince(long from) {
        return Arrays.stream(reopenings).filter(at -> at >= from).count();
    }

    private long[] plus(long now) {
        int keep = Math.min(reopenings.length, MAX_REOPENINGS - 1);
        long[] times =
                Arrays.copyOf(Arrays.copyOfRange(reopenings, reopenings.length - keep, reopenings.length), keep + 1);
        times[keep] = now;
        return times;
    }
}
