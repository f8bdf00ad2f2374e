package io.faultline.store.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActionDocumentTest {

    private final ActionDocument actions = new ActionDocument();
    private final ActionResultDocument results = new ActionResultDocument();

    @Test
    void writesAnActionSoThatItIsFoundByItsTargets() throws IOException {
        JsonNode document = new ObjectMapper().readTree(actions.write(SampleDocuments.action()));

        assertThat(document.path("host.name")).hasToString("[\"gpu-a1\"]");
        assertThat(document.path("ai.job")).hasToString("[\"train-llm\"]");
        assertThat(document.path("action.state").asText()).isEqualTo("ordered");
        assertThat(document.path("action.steps"))
                .hasToString("[\"drain-node gpu-a1\",\"restart-job train-llm\",\"webhook vendor for node gpu-a1\"]");
        assertThat(actions.index("faultline", SampleDocuments.action())).isEqualTo("faultline-actions");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        ActionRequest order = SampleDocuments.action();
        ActionRequest over = order.as(ActionRequest.State.REFUSED, SampleDocuments.TEN, Instant.EPOCH, "no");

        assertThat(ActionDocument.read(actions.write(order))).isEqualTo(order);
        assertThat(ActionDocument.read(actions.write(over))).isEqualTo(over);
        for (boolean dryRun : new boolean[] {true, false}) {
            ActionResult result = SampleDocuments.actionResult(dryRun);
            assertThat(ActionResultDocument.read(results.write(result))).isEqualTo(result);
        }
    }

    @Test
    void tellsADryRunsResultFromTheOther() {
        assertThat(results.id(SampleDocuments.actionResult(true))).isEqualTo("tell-0f3a5c7e9b21/dry-run");
        assertThat(results.id(SampleDocuments.actionResult(false))).isEqualTo("tell-0f3a5c7e9b21/order");
    }

    @Test
    void refusesWhatIsNoAction() {
        String document = actions.text(SampleDocuments.action());

        assertThatThrownBy(() -> ActionDocument.read("{}".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage("no action: action.id is missing");
        assertThatThrownBy(() -> ActionDocument.read(
                        document.replace("drain-node\"", "melt-node\"").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MELT_NODE");
        assertThatThrownBy(() -> ActionDocument.read(
                        document.replace("\"ordered\"", "\"odered\"").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ODERED");
        assertThatThrownBy(() -> ActionResultDocument.read("{\"action.id\":\"a\"}".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("event.outcome is missing");
    }
}
