package io.faultline.respond.notify.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.LinkSettings;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.settings.Problems;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateWordingTest {

    @Test
    void saysWhatTheTemplateSaysInItsOrder() {
        TemplateWording wording = wording(
                """
                subject: "{{severity}} on {{entity.node}}: {{title}}"
                body:
                  - link: wiki
                    url: "https://wiki.example.org/{{rules}}?where={{where}}"
                  - text: "Ask #gpu-oncall; {{cause.sure}} % sure{{^cost}}, no cost known{{/cost}}."
                  - list: lines
                    each: evidence
                    line: "{{step}}: {{text}}"
                    end: "({{alerts}} alerts)"
                  - fact: restarted
                    value: "{{#entity.replica}}{{.}}{{/entity.replica}}"
                """);

        Message message = wording.message(SampleIncidents.opened("ops"));

        assertThat(message.remark()).isEmpty();
        assertThat(message.subject())
                .isEqualTo("critical on gpu-a1: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died");
        assertThat(message.parts())
                .containsExactly(
                        new Message.Link(
                                "wiki",
                                "https://wiki.example.org/gpu-xid-critical%2C%20job-exit?where=node%3Dgpu-a1%20gpu%3D0000%3A9b%3A00"),
                        new Message.Sentence("Ask #gpu-oncall; 90 % sure, no cost known."),
                        new Message.Passage(
                                "lines",
                                List.of(
                                        "xid: NVRM: Xid (PCI:0000:9b:00): 79, <script>alert(1)</script>",
                                        "exit: srun: error: gpu-a1: task 3: Killed Subject: forged",
                                        "(2 alerts)"),
                                true));
    }

    @Test
    void whatALogSaysIsNoTemplate() {
        Incident incident = SampleIncidents.titled("{{#evidence}}{{text}}", 1, Incident.State.OPEN, Level.HIGH);

        Message message = wording("subject: \"{{title}} / {{{title}}}\"\n")
                .message(new Notice("ops", NotifyReason.OPENED, incident));

        assertThat(message.subject()).isEqualTo("{{#evidence}}{{text}} / {{#evidence}}{{text}}");
    }

    @Test
    void theShippedOneSpeaksWhereItsOwnHasNothingToSay() {
        TemplateWording wording = wording("subject: \"{{entity.replica}}\"\nbody: [{text: \"{{title}}\"}]\n");

        Message message = wording.message(SampleIncidents.opened("ops"));

        assertThat(message.remark()).isEqualTo("the shipped template said it: its subject came out empty");
        assertThat(message.subject()).startsWith("[critical] new incident: GPU 0000:9b:00");
        assertThat(message.facts()).extracting(Message.Fact::name).contains("where", "cause");
    }

    @Test
    void aTemplateThatRepeatsItselfEndsAndIsCut() {
        String nested =
                "{{#others}}{{#others}}{{#others}}{{#others}}{{title}}{{/others}}{{/others}}{{/others}}{{/others}}";
        List<Incident> others = Collections.nCopies(20, SampleIncidents.gpuFellOffTheBus());
        Notice notice = new Notice("ops", NotifyReason.OPENED, SampleIncidents.gpuFellOffTheBus(), others, 0, 0);

        Message message = wording("subject: x" + nested + "\nbody: [{text: \"" + nested + "\"}]\n")
                .message(notice);

        assertThat(message.remark()).isEmpty();
        assertThat(message.subject()).hasSize(200).startsWith("xGPU").endsWith("…");
        assertThat(message.lines()).singleElement().asString().hasSize(600).endsWith("…");
    }

    @Test
    void aTitleThatIsTooLongGivesWayToWhatStandsAfterIt() {
        Incident incident = SampleIncidents.titled("x".repeat(500), 1, Incident.State.OPEN, Level.LOW);

        Message message = wording("subject: \"{{title}} on {{entity.node}}\"\n")
                .message(new Notice("ops", NotifyReason.OPENED, incident));

        assertThat(message.subject()).hasSize(200).endsWith("x… on gpu-a1");
    }

    @Test
    void saysItsOwnWordsForWhatGaveWay() {
        assertThat(wording("counts: {more: \"plus {{count}}\"}\n").more(37)).isEqualTo("plus 37");
        assertThat(wording("counts: {more: \"{{^count}}none{{/count}}\"}\n").more(37))
                .isEqualTo("… +37 more");
        assertThat(wording("counts: {more: \"" + "y".repeat(500) + "\"}\n").more(37))
                .hasSize(40);
    }

    private static TemplateWording wording(String yaml) {
        Problems problems = new Problems();
        MessageTemplate template = TemplateReader.read("my.yaml", yaml, ShippedTemplates.of(Language.EN), problems);
        assertThat(problems.all()).isEmpty();
        return new TemplateWording(template, Language.EN, LinkSettings.defaults());
    }
}
