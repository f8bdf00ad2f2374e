package io.faultline.explain;

import io.faultline.model.Alert;
import io.faultline.model.CauseCategory;
import io.faultline.model.Ending;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Level;
import io.faultline.model.Origin;
import io.faultline.model.Ranks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The cast of characters: what goes wrong on two racks of GPUs. Times are seconds after 10:00. */
public final class SampleAlerts {

    public static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    public static final Entity TRAIN_LLM = Entity.ofJob("train-llm");
    public static final Entity GPU_A1 = Entity.ofNode("gpu-a1");
    public static final Entity GPU_9B = GPU_A1.with(Entity.Level.GPU, "0000:9b:00");

    private SampleAlerts() {}

    public static Instant at(long seconds) {
        return TEN.plusSeconds(seconds);
    }

    /** A GPU of gpu-a1 falls off the bus. */
    public static Alert xid79(long second) {
        return new Builder("gpu-xid-critical", Alert.Role.INITIATING)
                .titled("GPU reported a critical Xid")
                .about(GPU_A1, GPU_9B)
                .line(
                        second,
                        EventKind.GPU_XID,
                        GPU_9B,
                        "NVRM: Xid (PCI:0000:9b:00): 79, pid=4242, name=python, GPU has fallen off the bus.")
                .respond("Drain gpu-a1 and reboot it")
                .build();
    }

    /** The job's watchdog speaks after ten minutes, then its tasks on gpu-a1 are killed. */
    public static Alert collectiveTimeout(long second) {
        return new Builder("collective-timeout-then-exit", Alert.Role.SYMPTOM)
                .titled("A collective timed out and the job ended")
                .about(TRAIN_LLM, TRAIN_LLM.with(Entity.Level.RANK, "8"))
                .line(
                        second,
                        EventKind.COLLECTIVE_TIMEOUT,
                        TRAIN_LLM.with(Entity.Level.RANK, "8"),
                        "[Rank 8] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=901, OpType=ALLREDUCE,"
                                + " Timeout(ms)=600000) ran for 600040 milliseconds before timing out.")
                .line(
                        second + 40,
                        EventKind.PROCESS_EXIT,
                        TRAIN_LLM.or(GPU_A1),
                        "srun: error: gpu-a1: tasks 0-7: Killed")
                .respond("Restart train-llm without the node that stopped first")
                .build();
    }

    /** The last step was logged at this second; three minutes later that is too long ago. */
    public static Alert trainingStalled(long second, String job) {
        Entity entity = Entity.ofJob(job);
        return new Builder("training-stalled", Alert.Role.SYMPTOM)
                .titled("Training stalled")
                .about(entity, entity)
                .lastSign(second, EventKind.TRAINING_STEP, entity, "iteration 1200/ 5000 | lm loss: 2.1")
                .certainAfter(180)
                .respond("Dump the stacks of " + job)
                .build();
    }

    public static Alert inferenceStalled(long second, String replica) {
        Entity entity = Entity.UNKNOWN.with(Entity.Level.REPLICA, replica).with(Entity.Level.SERVICE, "chat");
        return new Builder("inference-stalled", Alert.Role.SYMPTOM)
                .titled("Inference stalled")
                .about(entity, entity)
                .line(
                        second,
                        EventKind.INFERENCE_STATS,
                        entity,
                        "Avg generation throughput: 0.0 tokens/s, Running: 8 reqs")
                .certainAfter(30)
                .build();
    }

    public static Alert lossNan(long second) {
        return new Builder("loss-nan", Alert.Role.INITIATING)
                .titled("Loss became NaN")
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(second, EventKind.TRAINING_STEP, TRAIN_LLM, "iteration 1300/ 5000 | lm loss: NAN")
                .category(CauseCategory.MODEL)
                .build();
    }

    public static Alert cudaOutOfMemory(long second) {
        Entity rank = TRAIN_LLM.with(Entity.Level.RANK, "3");
        return new Builder("cuda-oom", Alert.Role.INITIATING)
                .titled("CUDA ran out of memory")
                .about(TRAIN_LLM, rank)
                .line(second, EventKind.MEMORY_EXHAUSTED, rank, "CUDA out of memory. Tried to allocate 2.00 GiB.")
                .build();
    }

    public static Alert processExit(long second) {
        return new Builder("job-exit", Alert.Role.SYMPTOM)
                .titled("A job ended with a failure")
                .about(TRAIN_LLM, TRAIN_LLM)
                .line(second, EventKind.PROCESS_EXIT, TRAIN_LLM, "exitcode : 1 (pid: 4711) of binary: python")
                .build();
    }

    public static Alert anomaly(long second, Entity entity) {
        return new Builder("anomaly-robust-z", Alert.Role.SYMPTOM)
                .titled("Step time is unusual")
                .about(entity, entity)
                .anomaly()
                .respond("Look for what else happened")
                .line(second, EventKind.TRAINING_STEP, entity, "iteration 1100/ 5000 | elapsed time: 9s")
                .build();
    }

    /** The rule of an alert sees at this second that it is over. */
    public static Ending ending(Alert alert, long second) {
        Evidence line = new Evidence(
                Ending.STEP,
                at(second),
                EventKind.LOG_OTHER,
                alert.entity(),
                "it is well again",
                Origin.file(alert.rule() + ".log", second));
        return new Ending(alert.rule(), alert.entity(), alert.detectedAt(), at(second), line.text(), line);
    }

    /** Builds an alert of any rule. */
    public static final class Builder {
        private final String rule;
        private final Alert.Role role;
        private final List<Evidence> evidence = new ArrayList<>();
        private Alert.Kind kind = Alert.Kind.RULE_MATCH;
        private String title;
        private String reason = "";
        private String response = "";
        private Level level = Level.HIGH;
        private CauseCategory category = CauseCategory.ENVIRONMENT;
        private Entity entity = Entity.UNKNOWN;
        private Entity causeEntity = Entity.UNKNOWN;
        private long certainAfter;
        private Ranks ranks = Ranks.NONE;
        private long resolveAfterSeconds;

        public Builder(String rule, Alert.Role role) {
            this.rule = rule;
            this.role = role;
            this.title = rule;
        }

        public Builder titled(String newTitle) {
            title = newTitle;
            return this;
        }

        public Builder about(Entity newEntity, Entity newCause) {
            entity = newEntity;
            causeEntity = newCause;
            return this;
        }

        public Builder line(long second, EventKind eventKind, Entity of, String text) {
            return line("step-" + eventKind.id(), second, eventKind, of, text);
        }

        /** The last line before a silence. */
        public Builder lastSign(long second, EventKind eventKind, Entity of, String text) {
            return line(Evidence.LAST_SIGN, second, eventKind, of, text);
        }

        private Builder line(String step, long second, EventKind eventKind, Entity of, String text) {
            Origin origin = Origin.file(rule + "-" + of + ".log", second);
            evidence.add(new Evidence(step, at(second), eventKind, of, text, origin));
            return this;
        }

        /** The ranks that told it, all of them. */
        public Builder toldBy(int... told) {
            for (int rank : told) {
                ranks = ranks.with(String.valueOf(rank));
            }
            return this;
        }

        public Builder because(String newReason) {
            reason = newReason;
            return this;
        }

        public Builder respond(String newResponse) {
            response = newResponse;
            return this;
        }

        public Builder level(Level newLevel) {
            level = newLevel;
            return this;
        }

        public Builder category(CauseCategory newCategory) {
            category = newCategory;
            return this;
        }

        public Builder anomaly() {
            kind = Alert.Kind.ANOMALY;
            level = Level.LOW;
            return this;
        }

        /** Seconds from the last line. */
        public Builder certainAfter(long seconds) {
            certainAfter = seconds;
            return this;
        }

        /** Seconds from the last finding, as the rule says. */
        public Builder resolvedAfter(long seconds) {
            resolveAfterSeconds = seconds;
            return this;
        }

        public Alert build() {
            Instant startsAt = evidence.get(0).timestamp();
            Instant last = evidence.get(evidence.size() - 1).timestamp();
            return new Alert(
                    rule + " " + entity + " " + startsAt,
                    kind,
                    rule,
                    1,
                    title,
                    level,
                    category,
                    role,
                    startsAt,
                    last.plus(Duration.ofSeconds(certainAfter)),
                    entity,
                    causeEntity,
                    1,
                    reason,
                    response,
                    evidence,
                    ranks,
                    Alert.Standing.TOLD,
                    resolveAfterSeconds);
        }
    }
}
