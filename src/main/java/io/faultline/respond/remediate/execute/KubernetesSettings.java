package io.faultline.respond.remediate.execute;

import io.faultline.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The Kubernetes cluster: the group {@code kubernetes}.
 *
 * @param kubeconfig a file; empty for where kubectl would find one, or for the pod's own service account
 * @param context of the kubeconfig; empty for its current one
 * @param namespaces where pods and jobs may be restarted; empty for all
 * @param jobLabel the label by which the pods of a job are found, with the job's name as its value
 * @param deleteLocalData whether pods go whose local data is lost then
 * @param maxUnschedulable 0…1, the share of all nodes that may be out of service at once, whoever took them out
 * @param pause between two looks at what keeps a node from being empty
 */
public record KubernetesSettings(
        String kubeconfig,
        String context,
        List<String> namespaces,
        String jobLabel,
        boolean deleteLocalData,
        double maxUnschedulable,
        Duration pause) {

    public KubernetesSettings {
        namespaces = List.copyOf(namespaces);
    }

    public static KubernetesSettings defaults() {
        return new KubernetesSettings(
                "", "", List.of(), "batch.kubernetes.io/job-name", false, 0.2, Duration.ofSeconds(5));
    }

    static KubernetesSettings read(SettingsReader reader) {
        KubernetesSettings absent = defaults();
        return new KubernetesSettings(
                file(reader),
                reader.text("context", absent.context),
                reader.texts("namespaces", absent.namespaces),
                reader.text("job-label", absent.jobLabel),
                reader.flag("delete-local-data", absent.deleteLocalData),
                reader.decimal("max-unschedulable", absent.maxUnschedulable, 0, 1),
                reader.duration("pause", absent.pause));
    }

    private static String file(SettingsReader reader) {
        String file = reader.text("kubeconfig", "");
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            reader.problem("kubeconfig", file + " does not exist, or may not be read");
        }
        return file;
    }
}
