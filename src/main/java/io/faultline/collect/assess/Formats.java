package io.faultline.collect.assess;

import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * In which formats and with which keys a source writes, and how many of its lines no parser knows: what its program's next
 * version changes. Flink state, some 300 bytes.
 */
public final class Formats {

    /** As {@code LineParser.UNKNOWN_FORMAT}. */
    static final String UNKNOWN = "unknown";

    private static final long WINDOW = 10 * 60_000L;

    /** Fewer lines in a window have no share. */
    private static final int ENOUGH_LINES = 100;

    private static final int ENOUGH_FOR_A_FORMAT = 20;
    private static final int MOST_FORMATS = 12;
    private static final int MOST_SIGNATURES = 16;

    /** So many statistics lines show all the keys that a version writes … */
    private static final int LINES_TO_LEARN = 20;

    /** … and so many in a row with others are another version. */
    private static final int STRANGE_IN_A_ROW = 10;

    public String[] names = {};
    public int[] now = {};
    public int[] before = {};
    public int lines;
    public int unknown;
    public long windowEnd = Long.MIN_VALUE;

    /** The usual share of unknown lines; negative while unknown. */
    public double usualUnknown = -1;

    public boolean drifting;

    /** The window before had the formats of two versions. */
    public boolean changing;

    public int[] signatures = {};
    public int statistics;
    public int strange;

    /** What changed: {@code unknown-share}, {@code format} or {@code keys}. */
    record Drift(String what, String formatBefore, String format, double unknownRatio, String keys) {}

    static boolean isUnderstood(LogEvent event) {
        return !event.format().equals(UNKNOWN);
    }

    void add(LogEvent event, Consumer<Drift> drifts) {
        lines++;
        if (!isUnderstood(event)) {
            unknown++;
            return;
        }
        int index = index(event.format());
        if (index >= 0) {
            now[index]++;
        }
        if (Series.isPeriodic(event.kind()) && keysChanged(event)) {
            drifts.accept(new Drift(
                    "keys",
                    event.format(),
                    event.format(),
                    unknownRatio(),
                    String.join(" ", event.measures().names())));
        }
    }

    /** Each minute, by the source's clock. */
    void check(long time, double mostUnknown, Consumer<Drift> drifts) {
        if (windowEnd == Long.MIN_VALUE) {
            windowEnd = time + WINDOW;
        }
        boolean over = time >= windowEnd;
        double ratio = unknownRatio();
        double most = Math.max(mostUnknown, 2 * usualUnknown);
        if (lines >= ENOUGH_LINES && usualUnknown >= 0 && ratio > most) {
            if (!drifting) {
                drifts.accept(new Drift("unknown-share", mostly(before), mostly(now), ratio, ""));
            }
            drifting = true;
        } else if (over && lines >= ENOUGH_LINES) {
            drifting = false;
            usualUnknown = usualUnknown < 0 ? ratio : 0.8 * usualUnknown + 0.2 * ratio;
        }
        if (over) {
            next(time, drifts);
        }
    }

    double unknownRatio() {
        return lines == 0 ? 0 : (double) unknown / lines;
    }

    /** The main format is gone, and one that was never there has taken its place. */
    private void next(long time, Consumer<Drift> drifts) {
        int old = most(before);
        int fresh = most(now);
        if (old >= 0
                && fresh >= 0
                && old != fresh
                && before[old] >= ENOUGH_FOR_A_FORMAT
                && now[fresh] >= ENOUGH_FOR_A_FORMAT
                && now[old] == 0
                && before[fresh] == 0) {
            drifts.accept(new Drift("format", names[old], names[fresh], unknownRatio(), ""));
        }
        // The window in which a version changes has the formats of both.
        boolean both = old >= 0 && fresh >= 0 && now[old] > 0 && hasFresh() && !changing;
        changing = both;
        if (fresh >= 0 && !both) {
            before = now;
        }
        now = new int[now.length];
        windowEnd = time + WINDOW;
        lines = 0;
        unknown = 0;
    }

    private boolean hasFresh() {
        for (int i = 0; i < now.length; i++) {
            if (now[i] >= ENOUGH_FOR_A_FORMAT && before[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private int index(String format) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(format)) {
                return i;
            }
        }
        if (names.length == MOST_FORMATS) {
            return -1;
        }
        names = Arrays.copyOf(names, names.length + 1);
        now = Arrays.copyOf(now, names.length);
        before = Arrays.copyOf(before, names.length);
        names[names.length - 1] = format;
        return names.length - 1;
    }

    private static int most(int[] counts) {
        int most = -1;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && (most < 0 || counts[i] > counts[most])) {
                most = i;
            }
        }
        return most;
    }

    private String mostly(int[] counts) {
        int most = most(counts);
        return most < 0 ? UNKNOWN : names[most];
    }

    private boolean keysChanged(LogEvent event) {
        int signature = signature(event);
        boolean known = knows(signature);
        if (statistics < LINES_TO_LEARN) {
            statistics++;
            if (!known && signatures.length < MOST_SIGNATURES) {
                signatures = Arrays.copyOf(signatures, signatures.length + 1);
                signatures[signatures.length - 1] = signature;
            }
            return false;
        }
        strange = known ? 0 : strange + 1;
        if (strange < STRANGE_IN_A_ROW) {
            return false;
        }
        strange = 0;
        statistics = 1;
        signatures = new int[] {signature};
        return true;
    }

    private boolean knows(int signature) {
        for (int known : signatures) {
            if (known == signature) {
                return true;
            }
        }
        return false;
    }

    /** In whatever order the keys stand. */
    private static int signature(LogEvent event) {
        Measures measures = event.measures();
        int signature = event.format().hashCode() + event.kind().id().hashCode();
        for (int i = 0; i < measures.size(); i++) {
            signature += measures.names()[i].hashCode() * 0x9E3779B1;
        }
        for (int i = 0; i < event.attributes().size(); i++) {
            signature += event.attributes().keys()[i].hashCode() * 0x85EBCA6B;
        }
        return signature;
    }
}
