package io.faultline.store.kafka;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;

/**
 * Which topics results go to: the group {@code store.kafka}.
 *
 * @param bootstrapServers as {@code broker-1:9092,broker-2:9092}
 * @param incidentsTopic incidents by their id; empty for none
 * @param rejectedTopic rejected inputs by their origin; empty for none
 * @param ruleStatusTopic what became of rules in the running job, by rule and task; empty for none
 */
public record TopicSettings(
        String bootstrapServers, String incidentsTopic, String rejectedTopic, String ruleStatusTopic)
        implements Serializable {

    /** Off. */
    public static TopicSettings defaults() {
        return new TopicSettings("", "", "", "");
    }

    public static TopicSettings read(SettingsReader reader) {
        TopicSettings absent = defaults();
        TopicSettings read = new TopicSettings(
                reader.text("bootstrap-servers", absent.bootstrapServers),
                reader.text("incidents-topic", absent.incidentsTopic),
                reader.text("rejected-topic", absent.rejectedTopic),
                reader.text("rule-status-topic", absent.ruleStatusTopic));
        boolean hasTopic = read.hasIncidents() || read.hasRejected() || read.hasRuleStatus();
        if (hasTopic && read.bootstrapServers.isEmpty()) {
            reader.problem("bootstrap-servers", "is missing, and a topic is set");
        }
        return read;
    }

    public boolean hasIncidents() {
        return !incidentsTopic.isEmpty();
    }

    public boolean hasRejected() {
        return !rejectedTopic.isEmpty();
    }

    public boolean hasRuleStatus() {
        return !ruleStatusTopic.isEmpty();
    }
}
