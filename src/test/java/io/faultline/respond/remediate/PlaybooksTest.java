package io.faultline.respond.remediate;

import static io.faultline.respond.remediate.SampleActions.lostGpu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.ActionStep;
import io.faultline.model.Cause;
import io.faultline.model.Entity;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybooksTest {

    @TempDir
    private Path directory;

    @Test
    void shipsAllThatItsDirectoryHolds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/playbooks"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();

            assertThat(Playbooks.shipped()).extracting(Playbook::id).isEqualTo(names);
        }
    }

    @Test
    void shipsNothingThatActsByItself() {
        assertThat(Playbooks.shipped()).isNotEmpty().allSatisfy(playbook -> {
            assertThat(playbook.dryRun()).isTrue();
            assertThat(playbook.approval()).isTrue();
            assertThat(playbook.maxShare()).isLessThanOrEqualTo(0.1);
        });
    }

    @Test
    void touchesANodeOnlyForAConfirmedCauseOrWhatTheDriverSays() {
        assertThat(Playbooks.shipped())
                .filteredOn(playbook ->
                        playbook.steps().stream().anyMatch(step -> step.kind().level() == Entity.Level.NODE))
                .hasSizeGreaterThan(3)
                .allSatisfy(playbook -> assertThat(playbook.when().verdicts())
                        .doesNotContain(Cause.Verdict.UNKNOWN)
                        .contains(Cause.Verdict.CONFIRMED))
                .filteredOn(playbook -> playbook.when().verdicts().contains(Cause.Verdict.LIKELY))
                .extracting(Playbook::id)
                .containsExactly("gpu-reset", "lost-gpu", "worn-memory");
    }

    @Test
    void takesALikelyCauseWhereSomebodyLooksAtItAndOnlyAConfirmedOneWhereNobodyDoes() {
        Playbook asks = lostGpu();
        Playbook asksNobody = lostGpu("approval: none");

        assertThat(asks.when().verdicts()).containsExactly(Cause.Verdict.CONFIRMED, Cause.Verdict.LIKELY);
        assertThat(asksNobody.when().verdicts()).containsExactly(Cause.Verdict.CONFIRMED);
        assertThatThrownBy(() ->
                        lostGpu("approval: none", "when: {rules: [gpu-xid-critical], verdict: [confirmed, likely]}"))
                .hasMessageContaining("approval: must be required where the verdict may be other than confirmed");
    }

    @Test
    void namesOnlyRulesThatAreShipped() {
        assertThat(Playbooks.shipped()).allSatisfy(playbook -> assertThat(RuleSet.shippedIds())
                .containsAll(playbook.when().rules()));
    }

    @Test
    void readsTheDefaultsOfAllThatIsNotWritten() {
        Problems problems = new Problems();

        Playbook read = PlaybookReader.read(
                "lab/drain.yaml",
                "id: drain\ntitle: Drain\nwhen: {cause: gpu.xid}\ndo: [drain-node, webhook tickets]\n",
                problems);

        assertThat(problems.all()).isEmpty();
        assertThat(read.approval()).isTrue();
        assertThat(read.dryRun()).isTrue();
        assertThat(read.when().verdicts()).containsExactly(Cause.Verdict.CONFIRMED, Cause.Verdict.LIKELY);
        assertThat(read.coolDown()).isEqualTo(Duration.ofHours(6));
        assertThat(read.steps())
                .containsExactly(
                        new Playbook.Step(ActionStep.Kind.DRAIN_NODE, ""),
                        new Playbook.Step(ActionStep.Kind.WEBHOOK, "tickets"));
    }

    @Test
    void tellsEverythingThatIsWrongWithFileAndLine() {
        Problems problems = new Problems();

        PlaybookReader.read(
                "lab/drain.yaml",
                """
                id: drian
                when:
                  cause: [gpu.xdi]
                  verdict: [sure]
                do:
                  - drain-node gpu-a1
                  - webhook
                  - reboot
                max-share: 10
                cooldown: 5m
                per: 0s
                """,
                problems);

        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        "lab/drain.yaml:1: id: \"drian\" is not the file's name, drain",
                        "lab/drain.yaml:1: title: is missing",
                        "lab/drain.yaml:3: when.cause: no kind \"gpu.xdi\", did you mean \"gpu.xid\"?",
                        "lab/drain.yaml:4: when.verdict: \"sure\" is not one of confirmed, likely, unknown",
                        "lab/drain.yaml:5: do: \"drain-node gpu-a1\": drain-node stands alone, the incident says to"
                                + " what",
                        "lab/drain.yaml:5: do: a webhook has a name: \"webhook tickets\"",
                        "lab/drain.yaml:5: do: \"reboot\" is not one of cordon-node, drain-node, exclude-node,"
                                + " restart-pod, restart-job, webhook",
                        "lab/drain.yaml:9: max-share: \"10\" is not a number from 0.0 to 1.0",
                        "lab/drain.yaml:10: cooldown: unknown, did you mean \"cool-down\"?",
                        "lab/drain.yaml:11: per: must be longer than 0s");
    }

    @Test
    void refusesToGuessOrToActForEveryIncident() {
        Problems problems = new Problems();

        PlaybookReader.read(
                "all.yaml",
                "id: all\ntitle: All\nwhen: {verdict: [unknown]}\ndo: [restart-job]\napproval: none\n",
                problems);

        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        "all.yaml:5: approval: must be required where the verdict may be other than confirmed",
                        "all.yaml:3: when: names neither a cause nor a rule, so it is for every incident");
    }

    @Test
    void takesAPlaybookOfTheDirectoryInPlaceOfTheShippedOne() throws IOException {
        Files.writeString(
                directory.resolve("lost-gpu.yaml"),
                "id: lost-gpu\ntitle: Ours\nwhen: {rules: [gpu-lost]}\ndo: [cordon-node]\ndry-run: false\n");

        RemediateSettings read = read("playbooks-directory: " + directory + "\ndisabled: [dead-engine]");

        assertThat(read.playbooks())
                .extracting(Playbook::title)
                .startsWith("Ours")
                .doesNotContain("Take a node that lost a GPU out of service");
        assertThat(read.playbooks())
                .extracting(Playbook::id)
                .doesNotContain("dead-engine")
                .contains("gpu-reset");
    }

    @Test
    void tellsWhatIsWrongWithTheSettings() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "id: bad\n");
        Problems problems = new Problems();
        String text = "actions-topic: actions\ndisabled: [dead-engin]\nplaybooks-directory: " + directory + "\n";

        RemediateSettings.read(new SettingsReader(YamlFile.parse("the test", text), problems, Map.of()));

        assertThat(problems.all())
                .contains(
                        "disabled: no playbook \"dead-engin\", did you mean \"dead-engine\"?",
                        "playbooks-directory: " + directory + "/bad.yaml:1: title: is missing",
                        "playbooks-directory: " + directory + "/bad.yaml:1: do: is missing",
                        "bootstrap-servers: is missing, and actions-topic is set",
                        "results-topic: must be set together with actions-topic");
    }

    @Test
    void isOffByDefault() {
        Problems problems = new Problems();

        RemediateSettings read =
                RemediateSettings.read(new SettingsReader(MissingNode.getInstance(), problems, Map.of()));

        assertThat(problems.all()).isEmpty();
        assertThat(read).isEqualTo(RemediateSettings.defaults());
        assertThat(read.isOn()).isFalse();
    }

    private static RemediateSettings read(String text) {
        Problems problems = new Problems();
        RemediateSettings read =
                RemediateSettings.read(new SettingsReader(YamlFile.parse("the test", text), problems, Map.of()));
        problems.throwIfAny("the test");
        return read;
    }
}
