package io.faultline.collect.parse;

import io.faultline.collect.parse.format.Family;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import org.jspecify.annotations.Nullable;

/**
 * Says what a record is about: first what the line names, then what launcher and envelope say in attributes, then the
 * name of the file. The name of {@code logs/train-llm.rank0.log} is {@code train-llm}: the file's name up to the first
 * dot. It is the job in the training and platform families, the replica in inference (and the service is the name without
 * {@code -N} at its end), the node in the kernel family, and nothing while the family is unknown, except for what a
 * process wrote when it ended by an error: whatever did that and does not say what it is, is a job with its file's name.
 *
 * <p>A container is named after its pod, not after the file that its node keeps its log in: {@code train-llm-worker-3} is
 * of the job {@code train-llm}, {@code chat-7d9f8b6c5d-x2x4z} is a replica of the service {@code chat}. What the pod's labels
 * say goes before that.
 */
public final class EntityResolver {

    private EntityResolver() {}

    static Entity resolve(Entity said, Attributes attributes, Family family, boolean uncaught, TextLog log) {
        String cluster = said.cluster();
        String node = said.node();
        String gpu = said.gpu();
        String job = said.job();
        String run = said.run();
        String rank = said.rank();
        String service = said.service();
        String model = said.model();
        String replica = said.replica();
        for (int i = 0; i < attributes.size(); i++) {
            String value = attributes.values()[i];
            switch (attributes.keys()[i]) {
                case "cluster" -> cluster = or(cluster, value);
                case "node" -> node = or(said.node(), value);
                case "host", "hostname" -> node = or(node, value);
                case "gpu" -> gpu = or(gpu, value);
                case "job" -> job = or(job, value);
                case "run" -> run = or(run, value);
                case "rank" -> rank = or(rank, value);
                case "service" -> service = or(service, value);
                case "model" -> model = or(model, value);
                case "pod" -> replica = or(replica, value);
                case "replica" -> replica = or(said.replica(), value);
                default -> {}
            }
        }
        PodLabels labels = PodLabels.of(attributes);
        job = or(job, labels.job());
        rank = or(rank, labels.rank());
        String owner = attributes.get("pod") == null ? null : PodLabels.owner(attributes);
        boolean unnamed = job == null && service == null && replica == null;
        boolean mayName = family != Family.GENERIC || (unnamed && uncaught);
        String stem = mayName ? stem(attributes, log) : null;
        if (stem != null) {
            switch (family) {
                case TRAINING, PLATFORM, GENERIC -> job = or(job, or(owner, stem));
                case INFERENCE -> {
                    replica = or(replica, stem);
                    service = or(or(service, labels.service()), or(owner, withoutNumber(stem)));
                }
                case KERNEL -> node = or(node, stem);
            }
        }
        return new Entity(cluster, node, gpu, job, run, rank, service, model, replica);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /** The file's name up to the first dot; null where nothing is named after a writer. */
    static @Nullable String stem(Attributes attributes, TextLog log) {
        String path = or(attributes.get("file"), attributes.get("log.file.path"));
        if (path == null) {
            path = switch (log.origin().type()) {
                case FILE -> log.origin().name();
                case KAFKA -> key(log);
                case STDIN -> null;
            };
        }
        if (path == null) {
            return null;
        }
        int from = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
        int dot = path.indexOf('.', from);
        String stem = path.substring(from, dot < 0 ? path.length() : dot);
        return stem.isEmpty() ? null : stem;
    }

    /** The Kafka record's key; null where the stream is only topic and partition. */
    private static @Nullable String key(TextLog log) {
        Origin origin = log.origin();
        boolean noKey = log.stream().startsWith(origin.name())
                && log.stream().endsWith(Integer.toString(origin.partition()))
                && log.stream().length() == origin.name().length() + 1 + digits(origin.partition());
        return noKey ? null : log.stream();
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    /** {@code chat} of {@code chat-0}. */
    private static String withoutNumber(String replica) {
        int i = replica.length();
        while (i > 0 && replica.charAt(i - 1) >= '0' && replica.charAt(i - 1) <= '9') {
            i--;
        }
        boolean numbered = i < replica.length() && i > 1 && replica.charAt(i - 1) == '-';
        return numbered ? replica.substring(0, i - 1) : replica;
    }
}
