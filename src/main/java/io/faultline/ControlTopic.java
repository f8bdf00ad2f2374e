package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.ControlRecords;
import io.faultline.cli.RuleControl;
import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.settings.SettingsException;
import io.faultline.store.kafka.KeyedTopic;
import io.faultline.store.kafka.TopicSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The rules of a configured job: those of its settings, and what its control topic says. */
final class ControlTopic implements RuleControl, ControlRecords {

    private final JobSettings settings;
    private final KeyedTopic topic;

    /**
     * @param name what problems call the settings
     * @param topic instead of the settings' one; null for that
     * @param bootstrap instead of the settings' brokers; null for those
     */
    ControlTopic(String name, JobSettings settings, @Nullable String topic, @Nullable String bootstrap) {
        this.settings = settings;
        String chosen = topic == null ? settings.match().rulesTopic() : topic;
        Properties kafka = settings.source().kafka().asProperties();
        if (bootstrap != null) {
            kafka.setProperty("bootstrap.servers", bootstrap);
        }
        if (chosen.isEmpty() || kafka.getProperty("bootstrap.servers").isEmpty()) {
            throw new SettingsException(
                    name,
                    List.of("detect.match.rules-topic: the job reads no control topic; set it and"
                            + " collect.source.kafka.bootstrap-servers, or name --topic and --bootstrap"));
        }
        this.topic = new KeyedTopic(chosen, kafka);
    }

    @Override
    public RuleBook read() throws IOException {
        RuleBook book = new RuleBook(settings.match().rules());
        topic.read().forEach((key, value) -> {
            if (RuleCommand.isKey(key)) {
                book.apply(new RuleCommand(key, new String(value, UTF_8)));
            }
        });
        return book;
    }

    @Override
    public void send(List<RuleCommand> commands) throws IOException {
        topic.write(commands.stream()
                .map(command -> new KeyedTopic.Entry(
                        command.key(),
                        command.document().isEmpty() ? null : command.document().getBytes(UTF_8)))
                .toList());
    }

    @Override
    public void send(String key, String document) throws IOException {
        topic.write(List.of(new KeyedTopic.Entry(key, document.isEmpty() ? null : document.getBytes(UTF_8))));
    }

    @Override
    public Map<String, String> read(String prefix) throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        topic.read().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                said.put(key, new String(value, UTF_8));
            }
        });
        return said;
    }

    @Override
    public Map<String, List<String>> overLimit() throws IOException {
        TopicSettings store = settings.store().kafka();
        if (!store.hasRuleStatus()) {
            return Map.of();
        }
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", store.bootstrapServers());
        List<JsonNode> told = new ArrayList<>();
        for (byte[] status :
                new KeyedTopic(store.ruleStatusTopic(), kafka).read().values()) {
            told.add(new ObjectMapper().readTree(status));
        }
        return overLimit(told);
    }

    /** What was told before the rule changed last is over. */
    private static Map<String, List<String>> overLimit(List<JsonNode> told) {
        Map<String, String> changed = new HashMap<>();
        told.stream()
                .filter(status -> !isOverLimit(status))
                .forEach(status -> changed.put(text(status, "rule.id"), text(status, "@timestamp")));
        Map<String, List<String>> stops = new HashMap<>();
        for (JsonNode status : told) {
            String since = Objects.requireNonNullElse(changed.get(text(status, "rule.id")), "");
            if (isOverLimit(status) && text(status, "@timestamp").compareTo(since) >= 0) {
                stops.computeIfAbsent(text(status, "rule.id"), rule -> new ArrayList<>())
                        .add(text(status, "message"));
            }
        }
        return stops;
    }

    private static boolean isOverLimit(JsonNode status) {
        return text(status, "rule.state").equals("over_limit");
    }

    private static String text(JsonNode status, String field) {
        return status.path(field).asText();
    }
}
