package io.faultline.collect.parse;

import io.faultline.model.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of a pod, and its name, say about whose it is. Only labels that their controllers set and document are
 * believed.
 *
 * @param job Kubeflow's training operator, Kubernetes' Job, Volcano
 * @param rank the index of the pod in an indexed Job; a rank that the line itself names goes before it
 * @param service the recommended label of the application's name, Ray's cluster, KServe's service
 */
record PodLabels(@Nullable String job, @Nullable String rank, @Nullable String service) {

    private static final String PREFIX = "label.";
    private static final PodLabels NONE = new PodLabels(null, null, null);
    private static final String[] ROLES = {"-worker", "-master", "-launcher", "-chief", "-ps"};

    /** Kubernetes makes the ends of pods' names of these, to spell no words (apimachinery, util/rand). */
    private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

    static PodLabels of(Attributes attributes) {
        PodLabels labels = NONE;
        for (int i = 0; i < attributes.size(); i++) {
            String key = attributes.keys()[i];
            if (key.startsWith(PREFIX)) {
                labels = labels.with(key.substring(PREFIX.length()), attributes.values()[i]);
            }
        }
        return labels;
    }

    private PodLabels with(String label, String value) {
        return switch (label) {
            case "training.kubeflow.org/job-name",
                    "batch.kubernetes.io/job-name",
                    "job-name",
                    "volcano.sh/job-name",
                    "jobset.sigs.k8s.io/jobset-name" ->
                new PodLabels(job == null || label.startsWith("training") ? value : job, rank, service);
            case "batch.kubernetes.io/job-completion-index" -> new PodLabels(job, value, service);
            case "app.kubernetes.io/name", "serving.kserve.io/inferenceservice" -> new PodLabels(job, rank, value);
            case "app", "ray.io/cluster" -> new PodLabels(job, rank, service == null ? value : service);
            default -> this;
        };
    }

    /** Whose pod it is, by the name: without the role, the number and what Kubernetes adds to make names unlike. */
    static String owner(Attributes attributes) {
        String pod = attributes.get("pod");
        return pod == null ? "" : owner(pod);
    }

    static String owner(String pod) {
        int last = pod.lastIndexOf('-');
        if (last <= 0) {
            return pod;
        }
        String name = pod;
        if (isNumber(pod, last + 1)) {
            name = pod.substring(0, last);
        } else if (isRandom(pod, last + 1, pod.length(), 5, 5)) {
            int hash = pod.lastIndexOf('-', last - 1);
            boolean replicaSet = hash > 0 && isRandom(pod, hash + 1, last, 8, 10);
            name = pod.substring(0, replicaSet ? hash : last);
            int index = name.lastIndexOf('-');
            name = !replicaSet && index > 0 && isNumber(name, index + 1) ? name.substring(0, index) : name;
        }
        for (String role : ROLES) {
            if (name.endsWith(role) && name.length() > role.length()) {
                return name.substring(0, name.length() - role.length());
            }
        }
        return name;
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length() && text.length() - from <= 6;
    }

    private static boolean isRandom(String text, int from, int to, int shortest, int longest) {
        if (to - from < shortest || to - from > longest) {
            return false;
        }
        boolean digit = false;
        for (int i = from; i < to; i++) {
            if (RANDOM.indexOf(text.charAt(i)) < 0 && (shortest == 5 || !isHexadecimal(text.charAt(i)))) {
                return false;
            }
            digit |= text.charAt(i) <= '9';
        }
        return digit || shortest == 5;
    }

    private static boolean isHexadecimal(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
