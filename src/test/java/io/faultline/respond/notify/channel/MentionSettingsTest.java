package io.faultline.respond.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionSettingsTest {

    private final MentionSettings mention = new MentionSettings(List.of("ann"), Level.HIGH);

    @ParameterizedTest
    @CsvSource({
        "OPENED, HIGH, true",
        "OPENED, MEDIUM, false",
        "SEVERITY_RAISED, CRITICAL, true",
        "ESCALATED, HIGH, true",
        "REPEATED, HIGH, true",
        "RESOLVED, CRITICAL, false",
        "MERGED, CRITICAL, false",
        "TEST, INFORMATIONAL, true"
    })
    void mentionsForWhatIsUrgentAndNotOver(NotifyReason reason, Level severity, boolean mentioned) {
        Incident incident = SampleIncidents.gpuFellOffTheBus(1, Incident.State.OPEN, severity);

        assertThat(mention.in(new Notice("ops", reason, incident))).hasSize(mentioned ? 1 : 0);
    }
}
