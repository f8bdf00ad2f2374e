package io.faultline.explain.account;

import io.faultline.model.Entity;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.Comparator;

/**
 * What one line says of the life of a job, an engine or a node; some 300 bytes, unlike the event it is taken from.
 *
 * @param subject what it is about, as {@code job/train-llm}; with the cluster the key of everything that is kept
 * @param entity the same as an entity
 * @param kind what it says
 * @param timestamp when
 * @param timed whether the line has a time of its own; one that has not was written later than that
 * @param step the step that was reached or that is started from; NaN where none is told
 * @param gpus how many GPUs the log says there are; 0 where it does not
 * @param listedGpus how many GPUs the inventory says there are; 0 where it does not
 * @param name of a {@link Kind#FACT}, what is told: {@code version}; of others a detail: {@code epoch} steps
 * @param value of a {@link Kind#FACT}, its value; of others a text for people
 * @param origin the line
 */
public record Sign(
        String subject,
        Entity entity,
        Kind kind,
        Instant timestamp,
        boolean timed,
        double step,
        int gpus,
        int listedGpus,
        String name,
        String value,
        Origin origin) {

    /** A step that is counted in epochs, where a job tells no other number. */
    public static final String EPOCH = "epoch";

    /**
     * In order of time; of one millisecond in the order of the lines: a line without a time of its own has that of the line
     * before it, but not always all of its digits.
     */
    public static final Comparator<Sign> IN_ORDER = Comparator.comparingLong(
                    (Sign sign) -> sign.timestamp().toEpochMilli())
            .thenComparing(sign -> sign.origin().name())
            .thenComparing(sign -> sign.origin().partition())
            .thenComparing(sign -> sign.origin().position())
            .thenComparing(sign -> sign.origin().part())
            .thenComparing(Sign::kind)
            .thenComparing(Sign::name);

    /** What a line says. */
    public enum Kind {
        /** Something begins, or is about to: processes find each other, weights are loaded. */
        START,
        /** A step was made. */
        STEP,
        CHECKPOINT_BEGIN,
        CHECKPOINT_END,
        EVALUATION_BEGIN,
        EVALUATION_END,
        /** It ended and was not to. */
        EXIT,
        /** It was ended on purpose. */
        STOP,
        /** It has done all it was to do. */
        SUCCESS,
        /** An engine's report: tokens move. */
        MOVING,
        /** An engine's report: nothing is asked for. */
        IDLE,
        /** An engine's report: there are requests, and no tokens. */
        STUCK,
        /** Says something of it that can change, and nothing of its progress. */
        FACT
    }

    /** Of a stream's key, together with the subject. */
    public String cluster() {
        String cluster = entity.cluster();
        return cluster == null ? "" : cluster;
    }

    /** The key of what is kept about the subject. */
    public String key() {
        return cluster() + '\n' + subject;
    }

    /** Whether both say the same, at whatever time: every rank of a job prints the same step. */
    public boolean says(Sign other) {
        return kind == other.kind
                && Double.compare(step, other.step) == 0
                && gpus == other.gpus
                && timed == other.timed
                && name.equals(other.name)
                && value.equals(other.value)
                && subject.equals(other.subject);
    }
}
