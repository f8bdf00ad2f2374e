package io.faultline.cli;

import static io.faultline.respond.notify.channel.SampleIncidents.titled;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveIncidentsTest {

    private final List<String> said = new ArrayList<>();
    private final LiveIncidents live = new LiveIncidents(RunListener.NONE, said::add);

    @Test
    void tellsAnIncidentAgainOnlyWhereItSaysSomethingElse() {
        live.incident(titled("job train-llm died", 1, Incident.State.OPEN, Level.HIGH));
        live.incident(titled("job train-llm died", 2, Incident.State.OPEN, Level.HIGH));
        live.incident(titled("GPU 3 is lost", 3, Incident.State.OPEN, Level.CRITICAL));

        assertThat(said)
                .containsExactly(
                        "     high     2026-03-01T10:00:00Z job train-llm died: GPU reported a critical Xid",
                        "     critical 2026-03-01T10:00:00Z GPU 3 is lost: GPU reported a critical Xid");
    }

    @Test
    void doesNotRepeatACauseThatTheTitleNames() {
        live.incident(titled("GPU reported a critical Xid: gpu-a1", 1, Incident.State.OPEN, Level.HIGH));

        assertThat(said).containsExactly("     high     2026-03-01T10:00:00Z GPU reported a critical Xid: gpu-a1");
    }
}
