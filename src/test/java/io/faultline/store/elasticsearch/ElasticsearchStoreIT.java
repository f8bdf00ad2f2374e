package io.faultline.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.stack.ElasticsearchServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsException;
import io.faultline.store.document.EventDocument;
import io.faultline.store.document.SampleDocuments;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class ElasticsearchStoreIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ElasticsearchServer server = SharedServers.elasticsearch();
    private final ElasticsearchSettings settings = ElasticsearchSettings.of(
                    server.uri().toString())
            .withUser(ElasticsearchServer.USER, new Secret(SharedServers.PASSWORD));

    @Test
    void installsItsTemplatesTwiceAsOnce() {
        List<String> first = new TemplateInstaller(settings).install();
        JsonNode afterFirst = server.request("GET", "/_index_template/faultline-*", "");

        List<String> second = new TemplateInstaller(settings).install();

        assertThat(second)
                .isEqualTo(first)
                .contains("component template faultline-common", "index template faultline-events");
        assertThat(server.request("GET", "/_index_template/faultline-*", "")).isEqualTo(afterFirst);
        assertThat(afterFirst.path("index_templates")).hasSize(IndexTemplates.INDICES.size());
    }

    @Test
    void startsAJobOnlyWithItsTemplatesInPlace() {
        ElasticsearchSettings ours = settings.withPrefix("prepared");
        assertThatThrownBy(() -> new TemplateInstaller(ours.withInstallTemplates(false)).prepare())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("store.elasticsearch.install-templates: is false")
                .hasMessageContaining("run `faultline setup elasticsearch`");

        List<String> installed = new TemplateInstaller(ours).prepare();

        assertThat(installed).contains("index template prepared-events");
        assertThat(new TemplateInstaller(ours).prepare()).isEmpty();
        assertThat(new TemplateInstaller(ours.withInstallTemplates(false)).prepare())
                .isEmpty();
    }

    @Test
    void putsNewTemplatesInThePlaceOfOlderOnes() {
        ElasticsearchSettings ours = settings.withPrefix("aged");
        new TemplateInstaller(ours).prepare();
        server.request("PUT", "/_index_template/aged-events", "{\"index_patterns\":[\"aged-events-*\"],\"version\":0}");

        assertThat(new TemplateInstaller(ours).prepare()).contains("index template aged-events");
        assertThat(new TemplateInstaller(ours).prepare()).isEmpty();
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThatThrownBy(() -> new TemplateInstaller(settings.withUser("", new Secret(""))).install())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "store.elasticsearch.user: [" + server.uri() + "] wants to know who we are (401)");
        assertThatThrownBy(() -> new TemplateInstaller(settings.withUser("faultline", new Secret("wrong"))).install())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("store.elasticsearch.password: ");
        assertThatThrownBy(() -> new TemplateInstaller(ElasticsearchSettings.of("http://localhost:1")).install())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("store.elasticsearch.hosts: none of [http://localhost:1] can be reached");
    }

    @Test
    void keepsRefusedDocumentsWithTheReasonAndStoresTheRestOnceHoweverOftenItIsReplayed() throws Exception {
        ElasticsearchSettings ours = settings.withPrefix("refused");
        new TemplateInstaller(ours).install();
        // somebody mapped a measure by hand as what it is not
        server.request(
                "PUT",
                "/refused-events-2026.03.01",
                "{\"mappings\":{\"properties\":{\"ai\":{\"properties\":{\"measures\":{\"properties\":{\"loss\":{\"type\":\"ip\"}}}}}}}}");

        for (int run = 0; run < 2; run++) {
            execute(20_000, 1e9, ours).getJobExecutionResult().get();

            assertThat(server.count("refused-events-*")).isEqualTo(19_996);
            assertThat(server.count("refused-rejected")).isEqualTo(4);
        }
        JsonNode rejected = server.request("GET", "/refused-rejected/_search?q=rejected.reason:refused_by_store", "")
                .at("/hits/hits/0/_source");
        assertThat(rejected.path("rejected.detail").asText()).contains("mapper_parsing_exception", "ai.measures.loss");
        assertThat(rejected.path("rejected.index").asText()).isEqualTo("refused-events-2026.03.01");
        assertThat(rejected.path("rejected.payload").asText()).contains("\"ai.measures.loss\":2.5");
        assertThat(rejected.path("faultline.origin").asText()).startsWith("train-llm.log:");
    }

    @Test
    void losesNothingWhenTheServerIsKilledAndComesBack() throws Exception {
        ElasticsearchSettings ours = settings.withPrefix("killed");
        new TemplateInstaller(ours).install();

        JobClient job = execute(20_000, 4_000, ours);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> server.count("killed-events-*") > 1_000);
        server.kill();
        server.restart();
        job.getJobExecutionResult().get();

        assertThat(server.count("killed-events-*")).isEqualTo(20_000);
    }

    @Test
    void findsEventsByMeasureLabelAndEntity() {
        new TemplateInstaller(settings).install();
        LogEvent odd = SampleDocuments.event(
                17,
                Measures.builder()
                        .put("tokens.per second", 12.5)
                        .put("loss", Double.NaN)
                        .build(),
                Attributes.of("", "empty").with("odd.key*", "value\u0000").with("error", "x".repeat(40_000)));
        EventDocument document = new EventDocument();
        String index = document.index("faultline", odd);

        server.request("PUT", "/" + index + "/_doc/" + document.id(odd), document.text(odd));

        assertThat(server.count("faultline-events-*")).isOne();
        for (String query : List.of(
                "ai.measures.tokens_per_second:[12 TO 13]",
                "ai.not_finite:loss",
                "ai.job:train-llm AND ai.rank:3",
                "event.action:training.step AND log.level:info",
                "_exists_:labels.odd_key_")) {
            String found = "/faultline-events-*/_search?q="
                    + java.net.URLEncoder.encode(query, java.nio.charset.StandardCharsets.UTF_8);
            assertThat(server.request("GET", found, "").at("/hits/total/value").asInt())
                    .as(query)
                    .isOne();
        }
    }

    /** A job that writes events, of which number 5, 5005, 10005 and 15005 have a loss. */
    private static JobClient execute(long events, double perSecond, ElasticsearchSettings settings) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("execution.checkpointing.interval", "500");
        configuration.setString("restart-strategy.type", "disable");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        var source = new DataGeneratorSource<>(
                ElasticsearchStoreIT::event,
                events,
                RateLimiterStrategy.perSecond(perSecond),
                Types.POJO(LogEvent.class));
        DocumentSink.add(
                        environment.fromSource(source, WatermarkStrategy.noWatermarks(), "events"),
                        new EventDocument(),
                        settings)
                .uid("store-events");
        return environment.executeAsync("events");
    }

    private static LogEvent event(Long number) {
        Measures measures = number % 5_000 == 5 ? Measures.of("loss", 2.5) : Measures.of("step", number);
        return SampleDocuments.event(number, measures, Attributes.NONE);
    }
}
