package io.faultline.cli.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How one rule did: faults found and missed, alerts that told of no fault at all, and how long after its begin each was found. */
final class RuleScore {

    private final List<Duration> delays = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private int planted;
    private int falseAlarms;

    void found(Duration delay) {
        planted++;
        delays.add(delay.isNegative() ? Duration.ZERO : delay);
    }

    void missed(String what) {
        planted++;
        mistakes.add("missed " + what);
    }

    void falseAlarm(String what) {
        falseAlarms++;
        mistakes.add("false alarm " + what);
    }

    void add(RuleScore other) {
        delays.addAll(other.delays);
        mistakes.addAll(other.mistakes);
        planted += other.planted;
        falseAlarms += other.falseAlarms;
    }

    int planted() {
        return planted;
    }

    int found() {
        return delays.size();
    }

    int falseAlarms() {
        return falseAlarms;
    }

    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    double recall() {
        return planted == 0 ? Double.NaN : (double) found() / planted;
    }

    double precision() {
        return found() + falseAlarms == 0 ? Double.NaN : (double) found() / (found() + falseAlarms);
    }

    /** The delay that so many of the faults found do not exceed. */
    Duration delay(double share) {
        List<Duration> sorted = new ArrayList<>(delays);
        Collections.sort(sorted);
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }
}
