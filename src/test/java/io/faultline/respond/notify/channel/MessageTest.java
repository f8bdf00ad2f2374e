package io.faultline.respond.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void saysWhatWhereSinceWhenWhyAndWhatToDo() {
        Message message = Message.of(SampleIncidents.opened("ops"), Wording.in(Language.EN));

        assertThat(message.subject())
                .isEqualTo("[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died");
        assertThat(message.text())
                .isEqualTo(
                        """
                        where: node=gpu-a1 gpu=0000:9b:00
                        since: 2026-03-01 10:00:00 UTC
                        last seen: 2026-03-01 10:00:44 UTC
                        cause: GPU reported a critical Xid (environment, confirmed) — Xid 79 on GPU 0000:9b:00 on gpu-a1 at 10:00:03, 41 s before job train-llm died
                        incident: 8c5f0a12b3d4e5f6
                        evidence:
                          - 2026-03-01 10:00:03 UTC logs/xid.log:3 NVRM: Xid (PCI:0000:9b:00): 79, <script>alert(1)</script>
                          - 2026-03-01 10:00:44 UTC logs/exit.log:44 srun: error: gpu-a1: task 3: Killed Subject: forged
                        what to do:
                          - Drain gpu-a1 and reboot it
                        """);
    }

    @Test
    void speaksChinese() {
        Notice notice = new Notice(
                "ops",
                NotifyReason.RESOLVED,
                SampleIncidents.gpuFellOffTheBus(2, Incident.State.RESOLVED, Level.CRITICAL));

        Message message = Message.of(notice, Wording.in(Language.ZH));

        assertThat(message.subject()).startsWith("[严重] 已恢复: GPU 0000:9b:00");
        assertThat(message.text()).contains("位置: node=gpu-a1", "(环境, 已确认)", "处理建议:\n  - Drain gpu-a1");
    }

    @Test
    void cutsASubjectThatIsTooLong() {
        Incident incident = SampleIncidents.titled("x".repeat(500), 1, Incident.State.OPEN, Level.LOW);

        assertThat(Message.of(new Notice("ops", NotifyReason.OPENED, incident), Wording.in(Language.EN))
                        .subject())
                .hasSize(200)
                .endsWith("…");
    }

    @Test
    void keysTellTheSameThingFromAnother() {
        Incident first = SampleIncidents.gpuFellOffTheBus(1, Incident.State.OPEN, Level.HIGH);
        Incident later = SampleIncidents.gpuFellOffTheBus(3, Incident.State.OPEN, Level.HIGH);

        assertThat(new Notice("ops", NotifyReason.OPENED, first).key())
                .isEqualTo(new Notice("ops", NotifyReason.OPENED, later).key())
                .isNotEqualTo(new Notice("dev", NotifyReason.OPENED, first).key())
                .isNotEqualTo(new Notice("ops", NotifyReason.SEVERITY_RAISED, first).key());
    }
}
