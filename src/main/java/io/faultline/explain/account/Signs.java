package io.faultline.explain.account;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.QualityMark;
import io.faultline.model.Ranks;
import io.faultline.model.Severity;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes from an event what it says of the life of a job, an engine, a service or a node. */
public final class Signs {

    /** What a {@link Sign.Kind#FACT} can tell. */
    public static final String VERSION = "version";

    public static final String CONFIGURATION = "configuration";
    public static final String DRIVER = "driver";
    public static final String IMAGE = "image";
    public static final String POD = "pod";
    public static final String SCALE = "scale";

    /** An engine's arguments; the longest known are half of that. */
    private static final int MAX_VALUE = 4096;

    private static final int MAX_MESSAGE = 200;

    private static final String[] TOKENS = {
        "prompt_tokens_per_second",
        "generation_tokens_per_second",
        "idle_prompt_tokens_per_second",
        "idle_generation_tokens_per_second",
        "new_tokens",
        "generation_tokens",
        "context_tokens"
    };

    private static final String[] REQUESTS = {
        "running_requests", "waiting_requests", "swapped_requests", "deferred_requests", "context_requests"
    };

    private Signs() {}

    /** Hands on what the event says; nothing, for most. */
    public static void of(LogEvent event, Consumer<Sign> out) {
        if (event.has(QualityMark.DUPLICATE)) {
            return;
        }
        switch (event.kind()) {
            case TRAINING_START -> job(event, Sign.Kind.START, out);
            case TRAINING_STEP -> step(event, out);
            case CHECKPOINT_BEGIN -> job(event, Sign.Kind.CHECKPOINT_BEGIN, out);
            case CHECKPOINT_END, CHECKPOINT_FAILURE -> job(event, Sign.Kind.CHECKPOINT_END, out);
            case EVALUATION_BEGIN -> job(event, Sign.Kind.EVALUATION_BEGIN, out);
            case EVALUATION_RESULT -> job(event, Sign.Kind.EVALUATION_END, out);
            case PROCESS_EXIT -> exit(event, out);
            case ENGINE_START -> engine(event, out);
            case ENGINE_STOP -> replica(event, Sign.Kind.STOP, out);
            case ENGINE_DEATH -> replica(event, Sign.Kind.EXIT, out);
            case INFERENCE_STATS -> report(event, out);
            case POD_EVENT -> pod(event, out);
            case GPU_ECC, GPU_THERMAL, METRIC_SAMPLE -> driver(event, out);
            case LOG_OTHER -> {
                driver(event, out);
                size(event, out);
            }
            default -> {}
        }
    }

    private static void driver(LogEvent event, Consumer<Sign> out) {
        String version = event.attributes().get("driver_version");
        if (version != null && event.entity().node() != null) {
            out.accept(fact(event, Level.NODE, DRIVER, version));
        }
    }

    private static void job(LogEvent event, Sign.Kind kind, Consumer<Sign> out) {
        if (event.entity().job() != null) {
            boolean random = "random".equals(event.attributes().get("start"));
            double step = random ? 0 : event.measures().getOr("step", Double.NaN);
            boolean failed = event.kind() == EventKind.CHECKPOINT_FAILURE;
            out.accept(sign(event, Level.JOB, kind, step, worldSize(event), failed ? "failed" : "", ""));
        }
    }

    private static void step(LogEvent event, Consumer<Sign> out) {
        if (event.entity().job() == null) {
            return;
        }
        double step = event.measures().getOr("step", Double.NaN);
        boolean epochs = Double.isNaN(step);
        step = epochs ? event.measures().getOr("epoch", Double.NaN) : step;
        if (!Double.isNaN(step)) {
            out.accept(sign(event, Level.JOB, Sign.Kind.STEP, step, 0, epochs ? Sign.EPOCH : "", ""));
        }
    }

    /** What Slurm or somebody ends on purpose is written at INFO. */
    private static void exit(LogEvent event, Consumer<Sign> out) {
        String outcome = event.attributes().get("outcome");
        Sign.Kind kind = "success".equals(outcome)
                ? Sign.Kind.SUCCESS
                : "terminated".equals(outcome) && event.severityNumber() <= Severity.INFO.number()
                        ? Sign.Kind.STOP
                        : Sign.Kind.EXIT;
        if (event.entity().job() != null) {
            job(event, kind, out);
        } else {
            replica(event, kind, out);
        }
    }

    private static void replica(LogEvent event, Sign.Kind kind, Consumer<Sign> out) {
        Level level = event.entity().replica() != null ? Level.REPLICA : Level.SERVICE;
        if (event.entity().get(level) != null) {
            out.accept(sign(event, level, kind, Double.NaN, worldSize(event), "", ""));
        }
    }

    /** A service has many replicas, and some are new with each deployment: what they run is compared service by service. */
    private static void engine(LogEvent event, Consumer<Sign> out) {
        replica(event, Sign.Kind.START, out);
        Level owner = event.entity().service() != null ? Level.SERVICE : Level.REPLICA;
        if (event.entity().get(owner) == null) {
            return;
        }
        String version = event.attributes().get("version");
        if (version != null) {
            out.accept(fact(event, owner, VERSION, version));
        }
        String configuration = configuration(event.message());
        if (!configuration.isEmpty()) {
            out.accept(fact(event, owner, CONFIGURATION, configuration));
        }
    }

    /** {@code a=1, b=2} of vLLM's and of SGLang's first line; empty where the line holds none. */
    private static String configuration(String message) {
        int from = message.indexOf(" with config: ");
        int at = from >= 0 ? from + " with config: ".length() : message.indexOf("server_args=ServerArgs(");
        if (at < 0) {
            return "";
        }
        int start = from >= 0 ? at : at + "server_args=ServerArgs(".length();
        String written = message.substring(start, Math.min(message.length(), start + MAX_VALUE));
        return written.indexOf('=') < 0 ? "" : written;
    }

    private static void report(LogEvent event, Consumer<Sign> out) {
        Measures measures = event.measures();
        double tokens = most(measures, TOKENS);
        if (Double.isNaN(tokens)) {
            return;
        }
        Sign.Kind kind =
                tokens > 0 ? Sign.Kind.MOVING : most(measures, REQUESTS) > 0 ? Sign.Kind.STUCK : Sign.Kind.IDLE;
        replica(event, kind, out);
    }

    /** The largest of some measures; NaN where none is there. */
    private static double most(Measures measures, String[] names) {
        double most = Double.NaN;
        for (String name : names) {
            double value = measures.getOr(name, Double.NaN);
            most = Double.isNaN(most) || value > most ? value : most;
        }
        return most;
    }

    private static void pod(LogEvent event, Consumer<Sign> out) {
        String reason = event.attributes().get("reason");
        Level level = event.entity().replica() != null
                ? Level.REPLICA
                : event.entity().job() != null ? Level.JOB : Level.NODE;
        if (reason == null) {
            return;
        }
        String told = reason + ": "
                + event.message().substring(0, Math.min(event.message().length(), MAX_MESSAGE));
        switch (reason) {
            case "Pulled", "Pulling" -> {
                String image = event.attributes().get("image");
                if (image != null && event.entity().get(level) != null) {
                    out.accept(fact(event, level, IMAGE, image));
                }
            }
            case "Started", "Killing", "Preempted", "Evicted" -> {
                if (event.entity().get(level) != null) {
                    out.accept(fact(event, level, POD, told));
                }
            }
            case "ScalingReplicaSet", "SuccessfulRescale" -> {
                String object = event.attributes().get("object");
                if (object != null && object.indexOf('/') > 0) {
                    String service = object.substring(object.indexOf('/') + 1);
                    LogEvent owned = event.withEntity(event.entity().with(Level.SERVICE, service));
                    out.accept(fact(owned, Level.SERVICE, SCALE, told));
                }
            }
            default -> {}
        }
    }

    private static void size(LogEvent event, Consumer<Sign> out) {
        int size = event.entity().job() == null ? 0 : worldSize(event);
        if (size > 0) {
            out.accept(sign(event, Level.JOB, Sign.Kind.FACT, Double.NaN, size, "", ""));
        }
    }

    /** What the line says; of NCCL's communicators only those that begin, since a job's end names them too. */
    private static int worldSize(LogEvent event) {
        double said = event.measures().getOr("world_size", 0);
        if (said > 0) {
            return (int) Math.min(said, Integer.MAX_VALUE);
        }
        String size = event.attributes().get("comm_size");
        String state = size == null ? null : event.attributes().get("comm_state");
        return size == null || state == null || !state.startsWith("Init ") ? 0 : number(size);
    }

    private static int number(@Nullable String text) {
        return text == null ? 0 : Math.max(0, Ranks.numberOf(text));
    }

    private static Sign fact(LogEvent event, Level level, String name, String value) {
        return sign(event, level, Sign.Kind.FACT, Double.NaN, 0, name, value);
    }

    private static Sign sign(
            LogEvent event, Level level, Sign.Kind kind, double step, int gpus, String name, String value) {
        Entity said = event.entity();
        Attributes attributes = event.attributes();
        return new Sign(
                level.fieldName() + '/' + said.get(level),
                about(said, level),
                kind,
                event.timestamp(),
                !event.has(QualityMark.TIME_MISSING),
                step,
                gpus,
                number(attributes.get("gpus")),
                name,
                value,
                event.origin());
    }

    /** The subject without what is only true of the line: a job's line may come from any of its nodes. */
    private static Entity about(Entity said, Level level) {
        Entity about = Entity.UNKNOWN.with(Level.CLUSTER, said.cluster()).with(level, said.get(level));
        return level == Level.REPLICA ? about.with(Level.SERVICE, said.service()) : about;
    }
}
