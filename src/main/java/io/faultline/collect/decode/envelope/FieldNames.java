package io.faultline.collect.decode.envelope;

import org.jspecify.annotations.Nullable;

/**
 * One name for what each shipper calls its own way: {@code kubernetes.pod.name} of Filebeat, {@code kubernetes.pod_name} of
 * Fluent Bit and {@code k8s.pod.name} of OpenTelemetry are all {@code pod}.
 */
final class FieldNames {

    private static final String[] LABELS = {
        "kubernetes.labels.", "kubernetes.pod_labels.", "k8s.pod.label.", "k8s.pod.labels.", "resource.labels."
    };

    /** What a shipper says of itself and of the machine's make, which is not about the line. */
    private static final String[] DROPPED = {
        "@metadata.",
        "@version",
        "ecs.",
        "agent.",
        "host.",
        "input.",
        "prospector.",
        "beat.",
        "offset",
        "elastic_agent.",
        "data_stream.",
        "event.",
        "container.runtime",
        "kubernetes.annotations",
        "kubernetes.pod_annotations",
        "kubernetes.namespace_labels.",
        "kubernetes.namespace_annotations",
        "kubernetes.namespace_uid",
        "kubernetes.namespace_id",
        "kubernetes.node.",
        "kubernetes.node_labels.",
        "kubernetes.container_hash",
        "kubernetes.pod_ip",
        "kubernetes.pod_ips",
        "kubernetes.pod.ip",
        "kubernetes.master_url",
        "kubernetes.container_image_id",
        "kubernetes.replicaset.",
        "kubernetes.pod_owner",
        "kubernetes.cache_key",
        "telemetry.sdk."
    };

    private FieldNames() {}

    /** The name to keep a field under; null where it is not kept. */
    static @Nullable String of(String path) {
        return switch (path) {
            case "host",
                    "host.name",
                    "host.hostname",
                    "hostname",
                    "beat.hostname",
                    "agent.hostname",
                    "_HOSTNAME",
                    "resource.labels.instance_id" -> "host";
            case "pod",
                    "podName",
                    "pod_name",
                    "kubernetes.pod.name",
                    "kubernetes.pod_name",
                    "k8s.pod.name",
                    "k8s_pod_name",
                    "resource.labels.pod_name" -> "pod";
            case "namespace",
                    "ns",
                    "namespace_name",
                    "kubernetes.namespace",
                    "kubernetes.namespace_name",
                    "kubernetes.pod_namespace",
                    "k8s.namespace.name",
                    "resource.labels.namespace_name" -> "namespace";
            case "container",
                    "containerName",
                    "container_name",
                    "container.name",
                    "kubernetes.container.name",
                    "kubernetes.container_name",
                    "k8s.container.name",
                    "resource.labels.container_name",
                    "CONTAINER_NAME" -> "container";
            case "node",
                    "nodeName",
                    "node_name",
                    "kubernetes.host",
                    "kubernetes.node.name",
                    "kubernetes.node_name",
                    "kubernetes.pod_node_name",
                    "k8s.node.name" -> "node";
            case "stream", "log.iostream" -> "stream";
            case "file", "filename", "log.file.path", "log_file", "filepath" -> "log.file.path";
            case "kubernetes.pod.uid", "kubernetes.pod_id", "kubernetes.pod_uid", "k8s.pod.uid" -> "pod.uid";
            case "container.id",
                    "container_id",
                    "docker.container_id",
                    "kubernetes.docker_id",
                    "kubernetes.container_id",
                    "CONTAINER_ID_FULL" -> "container.id";
            case "container.image.name", "kubernetes.container.image", "kubernetes.container_image" ->
                "container.image";
            case "service", "service.name" -> "service";
            case "cluster",
                    "cluster_name",
                    "k8s.cluster.name",
                    "kubernetes.cluster_name",
                    "orchestrator.cluster.name",
                    "resource.labels.cluster_name" -> "cluster";
            case "kubernetes.statefulset.name", "k8s.statefulset.name" -> "statefulset";
            case "kubernetes.deployment.name", "k8s.deployment.name" -> "deployment";
            case "kubernetes.job.name", "k8s.job.name" -> "label.job-name";
            case "log.offset" -> "log.offset";
            case "agent.id" -> "agent.id";
            case "_SYSTEMD_UNIT" -> "unit";
            case "SYSLOG_IDENTIFIER", "appname", "process.name", "process.executable.name" -> "process";
            case "_PID", "SYSLOG_PID", "procid", "process.pid" -> "pid";
            case "SYSLOG_FACILITY" -> "facility";
            default -> other(path);
        };
    }

    private static @Nullable String other(String path) {
        for (String labels : LABELS) {
            if (path.startsWith(labels)) {
                return "label." + dotted(path, labels.length());
            }
        }
        if (path.startsWith("fields.")) {
            String own = of(path.substring(7));
            return own == null ? path : own;
        }
        if (path.charAt(0) == '_') {
            return null;
        }
        for (String dropped : DROPPED) {
            if (path.startsWith(dropped)) {
                return null;
            }
        }
        return path;
    }

    /** Elasticsearch takes no dots in a label's name, so Filebeat and Fluent Bit write {@code app_kubernetes_io/name}. */
    static String dotted(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.substring(from) : path.substring(from, slash).replace('_', '.') + path.substring(slash);
    }
}
