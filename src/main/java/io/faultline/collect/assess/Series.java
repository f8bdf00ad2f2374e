package io.faultline.collect.assess;

import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import org.jspecify.annotations.Nullable;

/**
 * Judges the numbers of a periodic line against those before: steps and lines that are missing, counters that went back,
 * units that changed, throughputs that can not be. Not thread-safe.
 */
final class Series {

    /** A gap may be a program that stopped writing; more is not counted. */
    private static final int MOST_MISSING = 1_000;

    /** So often must an interval be seen before a longer one is a gap. */
    private static final int CONFIRMED = 3;

    /** A statistics line may come late by its own interval. */
    private static final double LATE_INTERVALS = 2.5;

    private static final int LINES_FOR_AN_INTERVAL = 5;
    private static final int LINES_FOR_A_USUAL = 20;

    /** So often in a row, or it is one odd number. */
    private static final int STEADILY = 5;

    /** A new unit that stays so long is the unit. */
    private static final int FOR_GOOD = 50;

    /** Between milliseconds and seconds lies a thousand, times what the numbers vary by themselves. */
    private static final double LEAST_FACTOR = 300;

    private static final double MOST_FACTOR = 3_000;
    private static final double MOST_OF_PEAK = 10;

    /** The first throughput after an idle time is counted over a moment and is no rate. */
    private static final long IDLE_MILLIS = 60_000;

    private static final double SMOOTHING = 1.0 / 8;

    private int missing;

    /** How many records are missing before the one judged last. */
    int missing() {
        return missing;
    }

    /** Nothing was judged. */
    void forget() {
        missing = 0;
    }

    /** The marks of an event, as bits. */
    long judge(LogEvent event, SeriesMemory memory) {
        missing = 0;
        Measures measures = event.measures();
        if (measures.isEmpty()) {
            return 0;
        }
        long marks = 0;
        boolean periodic = isPeriodic(event.kind());
        long key = periodic ? key(event) : 0;
        for (int i = 0; i < measures.size(); i++) {
            String measure = measures.names()[i];
            double value = measures.values()[i];
            if (!Ranges.canBe(measure, value)) {
                marks |= QualityMark.OUT_OF_RANGE.bit();
            }
            if (periodic && Double.isFinite(value)) {
                marks |= judge(measure, value, key, event, memory);
            }
        }
        if (event.kind() == EventKind.INFERENCE_STATS && !event.has(QualityMark.TIME_MISSING)) {
            marks |= line(memory, memory.slot(key), event);
        }
        return marks;
    }

    static boolean isPeriodic(EventKind kind) {
        return kind == EventKind.INFERENCE_STATS || kind == EventKind.TRAINING_STEP || kind == EventKind.METRIC_SAMPLE;
    }

    private long judge(String measure, double value, long key, LogEvent event, SeriesMemory memory) {
        Check check = Check.of(measure);
        int slot = check == Check.NONE ? -1 : memory.slot(key * 31 + measure.hashCode());
        if (slot < 0) {
            return 0;
        }
        return switch (check) {
            case STEP -> step(memory, slot, value);
            case COUNTER -> counter(memory, slot, value);
            case RATE -> rate(memory, slot, value, event.timestamp().toEpochMilli());
            case SECONDS -> seconds(memory, slot, value);
            case RATIO -> ratio(memory, slot, value);
            case NONE -> 0;
        };
    }

    /** {@code last}: the step; {@code usual}: the interval; {@code odd}: how often it was seen; {@code times}: a longer one. */
    private long step(SeriesMemory memory, int slot, double value) {
        double interval = value - memory.last[slot];
        memory.last[slot] = value;
        if (memory.seen[slot]++ == 0 || interval == 0) {
            return 0;
        }
        if (interval < 0) {
            memory.times[slot] = 0;
            return QualityMark.COUNTER_RESET.bit();
        }
        double usual = memory.usual[slot];
        if (interval == usual) {
            memory.odd[slot]++;
            memory.times[slot] = 0;
            return 0;
        }
        boolean again = memory.times[slot] == (long) interval;
        if (memory.odd[slot] >= CONFIRMED && !again && interval > usual && interval % usual == 0) {
            memory.times[slot] = (long) interval;
            missing = (int) Math.min(MOST_MISSING, interval / usual - 1);
            return QualityMark.GAP_BEFORE.bit();
        }
        memory.usual[slot] = interval;
        memory.odd[slot] = 1;
        return 0;
    }

    private static long counter(SeriesMemory memory, int slot, double value) {
        boolean back = memory.seen[slot]++ > 0 && value < memory.last[slot];
        memory.last[slot] = value;
        return back ? QualityMark.COUNTER_RESET.bit() : 0;
    }

    /** Keeps the peak, and when the last line was. */
    private static long rate(SeriesMemory memory, int slot, double value, long time) {
        boolean idle = memory.last[slot] == 0 || time > memory.times[slot] + IDLE_MILLIS;
        memory.last[slot] = value;
        memory.times[slot] = time;
        if (idle) {
            return 0;
        }
        boolean tooMuch = memory.seen[slot] >= LINES_FOR_A_USUAL && value > MOST_OF_PEAK * memory.usual[slot];
        if (tooMuch && memory.odd[slot]++ < LINES_FOR_A_USUAL) {
            return QualityMark.OUT_OF_RANGE.bit();
        }
        memory.odd[slot] = 0;
        memory.seen[slot]++;
        memory.usual[slot] = Math.max(memory.usual[slot], value);
        return 0;
    }

    private static long seconds(SeriesMemory memory, int slot, double value) {
        double factor = value / memory.usual[slot];
        boolean otherUnit = memory.seen[slot] >= LINES_FOR_A_USUAL
                && ((factor >= LEAST_FACTOR && factor <= MOST_FACTOR)
                        || (factor <= 1 / LEAST_FACTOR && factor >= 1 / MOST_FACTOR));
        if (otherUnit) {
            return drift(memory, slot, value);
        }
        memory.odd[slot] = 0;
        memory.usual[slot] =
                memory.seen[slot]++ == 0 ? value : memory.usual[slot] + (value - memory.usual[slot]) * SMOOTHING;
        return 0;
    }

    /** A ratio above one is a percentage; below one a percentage looks like a small ratio, and nothing tells. */
    private static long ratio(SeriesMemory memory, int slot, double value) {
        if (Ranges.canBe("_ratio", value) || value < 0) {
            memory.odd[slot] = 0;
            return 0;
        }
        return ++memory.odd[slot] >= STEADILY ? QualityMark.UNIT_DRIFT.bit() : 0;
    }

    private static long drift(SeriesMemory memory, int slot, double value) {
        if (++memory.odd[slot] > FOR_GOOD) {
            memory.odd[slot] = 0;
            memory.seen[slot] = 1;
            memory.usual[slot] = value;
            return 0;
        }
        return memory.odd[slot] >= STEADILY ? QualityMark.UNIT_DRIFT.bit() : 0;
    }

    /** An engine with running requests writes on. {@code odd}: whether it had any; {@code usual}: seconds between lines. */
    private long line(SeriesMemory memory, int slot, LogEvent event) {
        if (slot < 0) {
            return 0;
        }
        long time = event.timestamp().toEpochMilli();
        double seconds = (time - memory.times[slot]) / 1_000.0;
        boolean busy = memory.odd[slot] > 0;
        double usual = memory.usual[slot];
        memory.times[slot] = time;
        memory.odd[slot] = event.measures().getOr("running_requests", 0) > 0 ? 1 : 0;
        int lines = memory.seen[slot]++;
        if (lines == 0 || seconds <= 0) {
            return 0;
        }
        if (busy && lines > LINES_FOR_AN_INTERVAL && seconds > LATE_INTERVALS * usual) {
            missing = (int) Math.min(MOST_MISSING, Math.round(seconds / usual) - 1);
            return QualityMark.GAP_BEFORE.bit();
        }
        if (busy || lines == 1) {
            memory.usual[slot] = lines == 1 ? seconds : usual + (seconds - usual) * SMOOTHING;
        }
        return 0;
    }

    private static long key(LogEvent event) {
        Entity entity = event.entity();
        long key = event.kind().id().hashCode();
        key = key * 31 + hash(event.format());
        key = key * 31 + hash(entity.rank());
        key = key * 31 + hash(entity.gpu());
        key = key * 31 + hash(entity.replica());
        return key * 31 + hash(event.attributes().get("engine"));
    }

    private static int hash(@Nullable String text) {
        return text == null ? 0 : text.hashCode();
    }

    /** Which check a measure meets. */
    private enum Check {
        STEP,
        COUNTER,
        RATE,
        SECONDS,
        RATIO,
        NONE;

        static Check of(String measure) {
            return switch (measure) {
                case "step" -> STEP;
                case "consumed_samples", "consumed_tokens", "preemptions_total" -> COUNTER;
                case "generation_tokens_per_second", "tokens_per_second" -> RATE;
                default -> measure.endsWith("_seconds") ? SECONDS : measure.endsWith("_ratio") ? RATIO : NONE;
            };
        }
    }
}
