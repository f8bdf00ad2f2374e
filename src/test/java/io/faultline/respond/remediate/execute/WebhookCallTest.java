package io.faultline.respond.remediate.execute;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.faultline.model.ActionStep;
import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.settings.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookCallTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private final Clock clock = Clock.fixed(TEN, ZoneOffset.UTC);
    private final WireMockServer receiver =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop();
    }

    @Test
    void tellsWhatIsToBeDoneSignedAndWithTheActionsId() throws Exception {
        receiver.stubFor(post("/hooks").willReturn(aResponse().withStatus(202)));

        StepOutcome outcome = call(false);

        assertThat(outcome).isEqualTo(new StepOutcome.Done("not told", "HTTP 202"));
        // openssl dgst -sha256 -hmac tell-nobody over the body below
        receiver.verify(
                1,
                postRequestedFor(urlEqualTo("/hooks"))
                        .withHeader("Idempotency-Key", equalTo("tell-0f3a5c7e9b21"))
                        .withHeader(
                                "X-Faultline-Signature",
                                equalTo("sha256=6a5384111bda9ac6871802ecc4a71427141258babb3edab6c8222bd36ecdeaa9"))
                        .withRequestBody(
                                equalToJson(
                                        """
                                        {"action": "tell-0f3a5c7e9b21", "title": "Tell the vendor",
                                         "target": "node gpu-a1", "ordered": "2026-03-01T10:00:00Z",
                                         "until": "2026-03-01T10:01:00Z"}
                                        """)));
    }

    @Test
    void postsNothingInADryRun() throws Exception {
        assertThat(call(true)).isEqualTo(new StepOutcome.Done("not told", "would be told"));

        assertThat(receiver.getAllServeEvents()).isEmpty();
    }

    @Test
    void saysWhatTheOtherSideAnswered() throws Exception {
        receiver.stubFor(post("/hooks").willReturn(aResponse().withStatus(422).withBody("no such node")));

        assertThat(call(false)).isEqualTo(new StepOutcome.Hindered("not told", "HTTP 422: no such node"));
    }

    @Test
    void asksAgainWhileTheOtherSideIsAway() throws Exception {
        receiver.stubFor(post("/hooks")
                .inScenario("away")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("back"));
        receiver.stubFor(post("/hooks")
                .inScenario("away")
                .whenScenarioStateIs("back")
                .willReturn(aResponse().withStatus(200)));

        assertThat(call(false)).isEqualTo(new StepOutcome.Done("not told", "HTTP 200"));

        receiver.verify(2, postRequestedFor(urlEqualTo("/hooks")));
    }

    @Test
    void asksNoLongerThanTheOrderIsGood() throws Exception {
        receiver.stubFor(post("/hooks").willReturn(aResponse().withStatus(503).withHeader("Retry-After", "3600")));

        assertThat(call(false)).isEqualTo(new StepOutcome.Hindered("not told", "HTTP 503"));

        receiver.verify(1, postRequestedFor(urlEqualTo("/hooks")));
    }

    private StepOutcome call(boolean dryRun) throws InterruptedException {
        WebhookSettings webhook = new WebhookSettings(new Secret(receiver.url("/hooks")), new Secret("tell-nobody"));
        ActionStep step = new ActionStep(ActionStep.Kind.WEBHOOK, "node gpu-a1", "vendor");
        return new WebhookCall(Map.of("vendor", webhook), Duration.ofMillis(10), clock)
                .call(new Order("tell-0f3a5c7e9b21", "Tell the vendor", step, dryRun, TEN, TEN.plusSeconds(60)));
    }
}
