package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.cli.LogTopic;
import io.faultline.collect.source.KafkaSettings;
import io.faultline.settings.SettingsException;
import io.faultline.store.kafka.KeyedTopic;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A topic of logs of a configured job, by its name. */
record KafkaLogTopic(String name, Properties kafka) implements LogTopic {

    /**
     * @param file what problems call the settings
     * @param topic instead of the settings' first one; null for that
     * @param bootstrap instead of the settings' brokers; null for those
     */
    static KafkaLogTopic of(String file, KafkaSettings settings, @Nullable String topic, @Nullable String bootstrap) {
        Properties kafka = settings.asProperties();
        if (bootstrap != null) {
            kafka.setProperty("bootstrap.servers", bootstrap);
        }
        String chosen = topic != null || settings.topics().isEmpty()
                ? topic
                : settings.topics().get(0);
        if (chosen == null || kafka.getProperty("bootstrap.servers").isEmpty()) {
            throw new SettingsException(
                    file,
                    List.of(
                            "collect.source.kafka: names no topic to write to; set topics and bootstrap-servers, or name"
                                    + " --topic and --bootstrap"));
        }
        return new KafkaLogTopic(chosen, kafka);
    }

    @Override
    public void write(String key, String line) throws IOException {
        new KeyedTopic(name, kafka).write(List.of(new KeyedTopic.Entry(key, line.getBytes(UTF_8))));
    }
}
