package io.faultline.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    private final Problems problems = new Problems();

    @Test
    void isOffUntilAPlaceIsNamed() {
        StoreSettings settings = read("{}");

        assertThat(settings).isEqualTo(StoreSettings.defaults());
        assertThat(settings.elasticsearch().isOn()).isFalse();
        assertThat(settings.ndjson().isOn()).isFalse();
        assertThat(settings.kafka().hasIncidents()).isFalse();
    }

    @Test
    void readsEveryPlaceAndKeepsThePasswordOutOfSight() {
        StoreSettings settings = read(
                """
                elasticsearch:
                  hosts: [https://es-1:9200, https://es-2:9200]
                  index-prefix: lab
                  user: faultline
                  password-env: ES_PASSWORD
                  retention: 7d
                ndjson: {directory: /tmp/out}
                kafka: {bootstrap-servers: "broker:9092", incidents-topic: incidents}
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(settings.elasticsearch().hosts()).containsExactly("https://es-1:9200", "https://es-2:9200");
        assertThat(settings.elasticsearch().password().value()).isEqualTo("geheim");
        assertThat(settings.elasticsearch().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.toString()).doesNotContain("geheim");
        assertThat(settings.ndjson().isOn()).isTrue();
        assertThat(settings.kafka().hasIncidents()).isTrue();
        assertThat(settings.kafka().hasRejected()).isFalse();
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        read(
                """
                elasticsearch:
                  hosts: localhost:9200
                  index-prefix: Lab
                  user: faultline
                  api-key-env: ES_PASSWORD
                  bulk-interval: 0s
                  bulk-action: 3
                kafka: {rejected-topic: rejected}
                """);

        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        "store.elasticsearch.hosts: \"localhost:9200\" is not an address as http://localhost:9200",
                        "store.elasticsearch.index-prefix: \"Lab\" is not of a-z, 0-9, - and _, beginning with a letter"
                                + " or digit",
                        "store.elasticsearch.api-key: is set, and user too: one of both",
                        "store.elasticsearch.bulk-interval: is not at least 1ms",
                        "store.elasticsearch.bulk-action: unknown, did you mean \"bulk-actions\"?",
                        "store.kafka.bootstrap-servers: is missing, and a topic is set");
    }

    private StoreSettings read(String store) {
        String indented = "store:\n" + store.indent(2);
        SettingsReader reader =
                new SettingsReader(YamlFile.parse("job.yaml", indented), problems, Map.of("ES_PASSWORD", "geheim"));
        StoreSettings settings = StoreSettings.read(reader.group("store"));
        reader.finish();
        return settings;
    }
}
