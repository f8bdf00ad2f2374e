package io.faultline.respond.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.wording.ShippedTemplates;
import io.faultline.respond.notify.wording.TemplateWording;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void saysWhatWhereSinceWhenWhyAndWhatToDo() {
        Message message = TemplateWording.in(Language.EN).message(SampleIncidents.opened("ops"));

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
                        right, wrong or noise?: faultline verdict 8c5f0a12b3d4e5f6 right|wrong|noise
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

        Message message = TemplateWording.in(Language.ZH).message(notice);

        assertThat(message.subject()).startsWith("[严重] 已恢复: GPU 0000:9b:00");
        assertThat(message.text()).contains("位置: node=gpu-a1", "(环境, 已确认)", "处理建议:\n  - Drain gpu-a1");
    }

    @Test
    void saysWhatItCostsWhatChangedBeforeAndWhatIsInCommon() {
        Notice notice = new Notice("ops", NotifyReason.OPENED, SampleIncidents.wordy("driver 580.65"));

        assertThat(TemplateWording.in(Language.EN).message(notice).facts())
                .contains(
                        new Message.Fact("in common", "8 of 8 in leaf leaf-2, 1 elsewhere, p = 1e-06"),
                        new Message.Fact("cost", "12.4 GPU hours on 64 GPUs so far"),
                        new Message.Fact("changed before", "driver 580.65, 12 min before"));
        assertThat(TemplateWording.in(Language.ZH).message(notice).facts())
                .contains(
                        new Message.Fact("共同点", "leaf leaf-2 中 8 个有 8 个，此外还有 1 个, p = 1e-06"),
                        new Message.Fact("代价", "64 块 GPU 共 12.4 GPU 小时，仍在增加"),
                        new Message.Fact("此前变更", "driver 580.65，12 分钟之前"));
    }

    @Test
    void givesTheWorstInFullAndALineForEachOther() {
        Incident other = SampleIncidents.titled("chat-0 is slow", 1, Incident.State.RESOLVED, Level.MEDIUM);
        Notice notice = new Notice(
                "ops", NotifyReason.OPENED, SampleIncidents.gpuFellOffTheBus(), List.of(other, other), 37, 0);

        Message message = TemplateWording.in(Language.EN).message(notice);

        assertThat(message.subject()).endsWith("job train-llm died (+39 more incidents)");
        assertThat(message.passages().get(2).items())
                .containsExactly(
                        "[medium, resolved] chat-0 is slow (8c5f0a12b3d4e5f6)",
                        "[medium, resolved] chat-0 is slow (8c5f0a12b3d4e5f6)",
                        "+37 more incidents");
    }

    @Test
    void marksATest() {
        Notice notice = new Notice("ops", NotifyReason.TEST, SampleIncidents.gpuFellOffTheBus());

        assertThat(TemplateWording.in(Language.EN).message(notice).subject()).startsWith("[TEST] GPU 0000:9b:00");
        assertThat(TemplateWording.in(Language.ZH).message(notice).subject()).startsWith("[测试] GPU 0000:9b:00");
        assertThat(TemplateWording.in(Language.EN).message(notice).text()).doesNotContain("verdict");
    }

    @Test
    void marksADrill() {
        Notice opened = new Notice("ops", NotifyReason.OPENED, SampleIncidents.drill());
        Notice resolved = new Notice("ops", NotifyReason.RESOLVED, SampleIncidents.drill());

        assertThat(TemplateWording.in(Language.EN).message(opened).subject())
                .isEqualTo("[DRILL] new incident: A fire drill");
        assertThat(TemplateWording.in(Language.ZH).message(resolved).subject()).isEqualTo("[演习] 已恢复: A fire drill");
    }

    @Test
    void marksNoDrillWhereAFaultIsInTheSameStory() {
        Incident both = SampleIncidents.ofRules("A fire drill", Level.INFORMATIONAL, List.of("fire-drill", "gpu-lost"));

        assertThat(TemplateWording.in(Language.EN)
                        .message(new Notice("ops", NotifyReason.OPENED, both))
                        .subject())
                .startsWith("[informational] ");
    }

    @Test
    void leadsToTheLogsTheRunbookAndTheVerdict() {
        LinkSettings links = new LinkSettings(
                "https://kibana.example.org/app/faultline#/{incident}?c={cluster}",
                "https://wiki.example.org/{rule}",
                "https://faultline.example.org/verdict/{incident}");

        Message message = new TemplateWording(ShippedTemplates.of(Language.EN), Language.EN, links)
                .message(SampleIncidents.opened("ops"));

        assertThat(message.links())
                .containsExactly(
                        new Message.Link("logs", "https://kibana.example.org/app/faultline#/8c5f0a12b3d4e5f6?c="),
                        new Message.Link("runbook", "https://wiki.example.org/gpu-xid-critical"),
                        new Message.Link(
                                "right, wrong or noise?", "https://faultline.example.org/verdict/8c5f0a12b3d4e5f6"));
        assertThat(message.text()).doesNotContain("faultline verdict");
    }

    @Test
    void cutsASubjectThatIsTooLong() {
        Incident incident = SampleIncidents.titled("x".repeat(500), 1, Incident.State.OPEN, Level.LOW);

        assertThat(TemplateWording.in(Language.EN)
                        .message(new Notice("ops", NotifyReason.OPENED, incident))
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
