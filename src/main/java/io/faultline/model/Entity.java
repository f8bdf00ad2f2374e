package io.faultline.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a record is about. Each part is known or null; a GPU's record usually knows its node, a rank's its job.
 *
 * @param cluster the cluster's name
 * @param node the host's name as the kernel writes it
 * @param gpu the PCI address in lower case as {@code 0000:9b:00}, or the UUID where only that is known
 * @param job the training job
 * @param run one attempt of the job; restarts count up
 * @param rank the global rank as a number in text
 * @param service the inference service
 * @param model the model served or trained
 * @param replica one engine of a service: pod or engine number
 */
public record Entity(
        @Nullable String cluster,
        @Nullable String node,
        @Nullable String gpu,
        @Nullable String job,
        @Nullable String run,
        @Nullable String rank,
        @Nullable String service,
        @Nullable String model,
        @Nullable String replica) {

    /** Nothing known. */
    public static final Entity UNKNOWN = new Entity(null, null, null, null, null, null, null, null, null);

    /** The parts, in the order from the large to the small. Names equal the field names of rules and documents. */
    public enum Level {
        CLUSTER,
        NODE,
        GPU,
        JOB,
        RUN,
        RANK,
        SERVICE,
        MODEL,
        REPLICA;

        private final String fieldName = name().toLowerCase(Locale.ROOT);

        /** {@code node}, as rules and documents write it. */
        public String fieldName() {
            return fieldName;
        }

        /**
         * The level with this field name.
         *
         * @throws IllegalArgumentException where there is none
         */
        public static Level ofField(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    public static Entity ofJob(String job) {
        return UNKNOWN.with(Level.JOB, job);
    }

    public static Entity ofNode(String node) {
        return UNKNOWN.with(Level.NODE, node);
    }

    public @Nullable String get(Level level) {
        return switch (level) {
            case CLUSTER -> cluster;
            case NODE -> node;
            case GPU -> gpu;
            case JOB -> job;
            case RUN -> run;
            case RANK -> rank;
            case SERVICE -> service;
            case MODEL -> model;
            case REPLICA -> replica;
        };
    }

    /** This entity with one part set. */
    public Entity with(Level level, @Nullable String value) {
        return new Entity(
                level == Level.CLUSTER ? value : cluster,
                level == Level.NODE ? value : node,
                level == Level.GPU ? value : gpu,
                level == Level.JOB ? value : job,
                level == Level.RUN ? value : run,
                level == Level.RANK ? value : rank,
                level == Level.SERVICE ? value : service,
                level == Level.MODEL ? value : model,
                level == Level.REPLICA ? value : replica);
    }

    /** This entity, its unknown parts filled from another one. */
    public Entity or(Entity other) {
        if (other.equals(UNKNOWN)) {
            return this;
        }
        return new Entity(
                cluster != null ? cluster : other.cluster,
                node != null ? node : other.node,
                gpu != null ? gpu : other.gpu,
                job != null ? job : other.job,
                run != null ? run : other.run,
                rank != null ? rank : other.rank,
                service != null ? service : other.service,
                model != null ? model : other.model,
                replica != null ? replica : other.replica);
    }

    /** The known parts by name, in the order of {@link Level}. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Level level : Level.values()) {
            String value = get(level);
            if (value != null) {
                map.put(level.fieldName(), value);
            }
        }
        return map;
    }

    /** {@code job=train-llm rank=3}; {@code -} where nothing is known. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        toMap().forEach((name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return text.isEmpty() ? "-" : text.toString();
    }
}
