package io.faultline.respond.remediate.execute;

import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What an executor has to know: {@code act.yaml}.
 *
 * @param cluster whose actions it carries out; the name that incidents have
 * @param name its own, in what it tells
 * @param bootstrapServers as {@code broker-1:9092,broker-2:9092}
 * @param actionsTopic where actions come from
 * @param resultsTopic where it tells what came of them
 * @param groupId its consumer group, which remembers what was read
 * @param properties further properties of its Kafka clients, each as {@code name=value}
 * @param longest the longest that one action may take
 * @param kubernetes the cluster
 * @param webhooks where webhook steps go, by the name that playbooks use
 */
public record ActSettings(
        String cluster,
        String name,
        String bootstrapServers,
        String actionsTopic,
        String resultsTopic,
        String groupId,
        List<String> properties,
        Duration longest,
        KubernetesSettings kubernetes,
        Map<String, WebhookSettings> webhooks) {

    public ActSettings {
        properties = List.copyOf(properties);
        webhooks = Map.copyOf(webhooks);
    }

    /** Reads the whole file. */
    public static ActSettings read(SettingsReader reader) {
        String cluster = reader.text("cluster", "");
        SettingsReader kafka = reader.group("kafka");
        ActSettings read = new ActSettings(
                cluster,
                reader.text("name", "faultline-act"),
                kafka.requiredText("bootstrap-servers"),
                kafka.requiredText("actions-topic"),
                kafka.requiredText("results-topic"),
                kafka.text("group-id", "faultline-act"),
                kafka.texts("properties", List.of()),
                reader.duration("longest", Duration.ofMinutes(20)),
                KubernetesSettings.read(reader.group("kubernetes")),
                webhooks(reader));
        if (read.longest.isZero()) {
            reader.problem("longest", "must be longer than 0s");
        }
        read.properties.stream()
                .filter(property -> property.indexOf('=') <= 0)
                .forEach(property -> kafka.problem("properties", "\"" + property + "\" is not name=value"));
        return read;
    }

    private static Map<String, WebhookSettings> webhooks(SettingsReader reader) {
        Map<String, WebhookSettings> webhooks = new TreeMap<>();
        for (SettingsReader webhook : reader.list("webhooks")) {
            String name = webhook.requiredText("name");
            if (webhooks.put(name, WebhookSettings.read(webhook)) != null) {
                webhook.problem("name", "two have the name \"" + name + "\"");
            }
        }
        return webhooks;
    }

    /** The properties of its Kafka clients. One group a cluster, so that executors of two clusters both read all. */
    public Properties kafka() {
        Properties kafka = new Properties();
        for (String property : properties) {
            int equals = property.indexOf('=');
            kafka.setProperty(property.substring(0, equals), property.substring(equals + 1));
        }
        kafka.setProperty("bootstrap.servers", bootstrapServers);
        kafka.setProperty("group.id", cluster.isEmpty() ? groupId : groupId + '-' + cluster);
        return kafka;
    }
}
