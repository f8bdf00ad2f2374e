package io.faultline.respond.notify.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelContract;
import io.faultline.respond.notify.channel.HttpReceiver;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.LinkSettings;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.channel.Wording;
import io.faultline.respond.notify.wording.MessageTemplate;
import io.faultline.respond.notify.wording.TemplateFile;
import io.faultline.respond.notify.wording.TemplateWording;
import io.faultline.settings.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerdutyChannelTest extends ChannelContract {

    private static final String KEY = "R0ut1ngKey";

    @TempDir
    private Path directory;

    private HttpReceiver pagerduty;

    @BeforeEach
    void start() throws IOException {
        pagerduty = new HttpReceiver().always(PagerdutyChannelTest::answer);
    }

    @AfterEach
    void stop() {
        pagerduty.close();
    }

    @Test
    void triggersUnderTheIncidentsIdAndResolvesTheSame() throws Exception {
        try (Channel channel = channel()) {
            channel.deliver(SampleIncidents.opened("ops"));
            channel.deliver(new Notice(
                    "ops",
                    NotifyReason.RESOLVED,
                    SampleIncidents.gpuFellOffTheBus(2, Incident.State.RESOLVED, Level.CRITICAL)));
        }

        assertThat(events())
                .extracting(
                        event -> event.path("event_action").asText(),
                        event -> event.path("dedup_key").asText(),
                        event -> event.at("/payload/source").asText(),
                        event -> event.at("/payload/timestamp").asText())
                .containsExactly(
                        tuple("trigger", "8c5f0a12b3d4e5f6", "gpu-a1", "2026-03-01T10:00:00Z"),
                        tuple("resolve", "8c5f0a12b3d4e5f6", "gpu-a1", "2026-03-01T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, critical", "HIGH, error", "MEDIUM, warning", "LOW, warning", "INFORMATIONAL, info"})
    void saysHowUrgentItIsInPagerdutysWords(Level level, String severity) throws Exception {
        try (Channel channel = channel()) {
            channel.deliver(new Notice(
                    "ops", NotifyReason.OPENED, SampleIncidents.gpuFellOffTheBus(1, Incident.State.OPEN, level)));
        }

        assertThat(events().get(0).at("/payload/severity").asText()).isEqualTo(severity);
    }

    @Test
    void raisesOneAlertForEachIncidentThatIsToldTogether() throws Exception {
        Incident worst = SampleIncidents.gpuFellOffTheBus();
        Incident second = SampleIncidents.titled("chat-0 is slow", 1, Incident.State.OPEN, Level.HIGH);
        Incident third = SampleIncidents.titled("chat-1 was slow", 1, Incident.State.RESOLVED, Level.HIGH);
        try (Channel channel = channel()) {
            channel.deliver(new Notice("ops", NotifyReason.OPENED, worst, List.of(second, third), 0, 0));
        }

        assertThat(events())
                .extracting(event -> event.path("event_action").asText(), event -> event.at("/payload/summary")
                        .asText())
                .containsExactly(
                        tuple(
                                "trigger",
                                "[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm"
                                        + " died"),
                        tuple("trigger", "[high] new incident: chat-0 is slow"),
                        tuple("resolve", "[high] resolved: chat-1 was slow"));
    }

    @Test
    void aWrongKeyIsRefusedWithPagerdutysWords() throws Exception {
        try (Channel channel = open(pagerduty.url(), "other")) {
            assertThat(channel.deliver(SampleIncidents.opened("ops")))
                    .isInstanceOfSatisfying(Receipt.Refused.class, receipt -> assertThat(receipt.detail())
                            .startsWith("HTTP 400: ")
                            .contains("routing_key"));
        }
    }

    @Test
    void keepsItsKeyOutOfAPreview() throws Exception {
        try (Channel channel = channel()) {
            assertThat(channel.preview(SampleIncidents.opened("ops"))).doesNotContain(KEY);
        }
    }

    @Test
    void tellsEveryPartOfATemplate() throws Exception {
        Path file = Files.writeString(
                directory.resolve("my.yaml"),
                "body: [{text: \"ask {{entity.node}}'s owner\"}, {fact: id, value: \"{{incident}}\"}]");
        MessageTemplate template = TemplateFile.read(file, Language.EN, problem -> fail(problem));
        Wording wording = new TemplateWording(template, Language.EN, LinkSettings.defaults());
        try (Channel channel = new PagerdutySettings(pagerduty.url(), new Secret(KEY))
                .open(new ChannelContext(wording, Duration.ofSeconds(30), Clock.systemUTC()))) {
            channel.deliver(SampleIncidents.opened("ops"));
        }

        assertThat(events().get(0).at("/payload/custom_details"))
                .hasToString("{\"id\":\"8c5f0a12b3d4e5f6\",\"notes\":[\"ask gpu-a1's owner\"]}");
    }

    @Test
    void endsWhatATestRaises() throws Exception {
        try (Channel channel = channel()) {
            Receipt receipt = channel.deliver(new Notice("ops", NotifyReason.TEST, SampleIncidents.gpuFellOffTheBus()));

            assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
        }

        assertThat(events())
                .extracting(event -> event.path("event_action").asText(), event -> event.path("dedup_key")
                        .asText())
                .containsExactly(tuple("trigger", "8c5f0a12b3d4e5f6"), tuple("resolve", "8c5f0a12b3d4e5f6"));
    }

    /** As PagerDuty does: 202 for an event that is complete, 400 with reasons for one that is not. */
    private static HttpReceiver.Answer answer(HttpReceiver.Received request) {
        JsonNode event = json(request.body());
        boolean complete = event.path("routing_key").asText().equals(KEY)
                && !event.at("/payload/summary").asText().isEmpty()
                && event.at("/payload/summary").asText().length() <= 1024
                && !event.at("/payload/source").asText().isEmpty()
                && List.of("critical", "error", "warning", "info")
                        .contains(event.at("/payload/severity").asText());
        return complete
                ? new HttpReceiver.Answer(
                        202,
                        "",
                        "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\""
                                + event.path("dedup_key").asText() + "\"}")
                : new HttpReceiver.Answer(
                        400,
                        "",
                        "{\"status\":\"invalid event\",\"message\":\"Event object is"
                                + " invalid\",\"errors\":[\"'routing_key' is invalid\"]}");
    }

    @Override
    protected Channel channel() {
        return open(pagerduty.url(), KEY);
    }

    @Override
    protected Channel channelToNobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return open("http://127.0.0.1:" + socket.getLocalPort() + "/hook", KEY);
        }
    }

    @Override
    protected List<String> received() {
        return events().stream().map(JsonNode::toString).toList();
    }

    private List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        pagerduty.received().forEach(post -> events.add(json(post.body())));
        return events;
    }

    private static Channel open(String url, String key) {
        return new PagerdutySettings(url, new Secret(key))
                .open(new ChannelContext(TemplateWording.in(Language.EN), Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
