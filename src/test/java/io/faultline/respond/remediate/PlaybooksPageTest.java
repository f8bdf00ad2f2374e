package io.faultline.respond.remediate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import io.faultline.respond.remediate.execute.ActSettings;
import io.faultline.respond.remediate.execute.KubernetesSettings;
import io.faultline.settings.Accepted;
import io.faultline.settings.KnownSetting;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import io.faultline.store.document.ActionResultDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code docs/PLAYBOOKS.md} says is what the program does. */
class PlaybooksPageTest {

    private final String page = page();

    @Test
    void showsTheShippedPlaybookWithEveryKey() {
        Problems problems = new Problems();

        Playbook shown = PlaybookReader.read("lost-gpu.yaml", block("yaml"), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(Playbooks.shipped()).contains(shown);
    }

    @Test
    void namesEveryStepAndEveryState() {
        for (ActionStep.Kind kind : ActionStep.Kind.values()) {
            assertThat(page).contains("| `" + kind.id());
        }
        for (ActionRequest.State state : ActionRequest.State.values()) {
            assertThat(page).contains(state.id());
        }
    }

    @Test
    void showsSettingsOfAnExecutorThatAreRight() {
        Problems problems = new Problems();
        SettingsReader reader =
                new SettingsReader(YamlFile.parse("act.yaml", block("act")), problems, Map.of("TICKETS_SECRET", "s"));

        ActSettings settings = ActSettings.read(reader);
        reader.finish();

        assertThat(problems.all()).isEmpty();
        assertThat(settings.webhooks()).containsKey("tickets");
        assertThat(settings.kafka().getProperty("group.id")).isEqualTo("faultline-act-lab");
    }

    @Test
    void shipsSettingsOfAnExecutorWithItsDefaults() throws IOException {
        String file = Files.readString(Path.of("flink-conf/act.yaml"));

        ActSettings shipped = act(file);

        assertThat(act(file.replaceAll("(?m)^( *)#(?=[a-z-])", "$1").replaceAll("(?s)\\nwebhooks:.*", "\n")))
                .isEqualTo(shipped);
        assertThat(shipped.kubernetes()).isEqualTo(KubernetesSettings.defaults());
    }

    private static ActSettings act(String text) {
        Problems problems = new Problems();
        SettingsReader reader = new SettingsReader(YamlFile.parse("act.yaml", text), problems, Map.of());
        ActSettings settings = ActSettings.read(reader);
        reader.finish();
        problems.throwIfAny("act.yaml");
        return settings;
    }

    @Test
    void showsAResultThatIsTaken() throws IOException {
        ActionResult result = ActionResultDocument.read(block("json").getBytes(UTF_8));

        assertThat(result.done()).isTrue();
        assertThat(result.dryRun()).isTrue();
        assertThat(result.steps()).containsExactly(new ActionResult.Step("cordon-node gpu-a1", true, "idle", "drain"));
    }

    @Test
    void hasARowForEverySettingOfAnExecutorAndNoneOfTheJob() {
        SettingsReader executor = SettingsReader.ofAll(
                YamlFile.parse("act.yaml", "webhooks: [{url: http://a, url-env: U}, {url: http://b}]"));
        ActSettings.read(executor);

        assertThat(rows())
                .containsExactlyInAnyOrderElementsOf(executor.known().stream()
                        .map(PlaybooksPageTest::row)
                        .distinct()
                        .toList());
    }

    @Test
    void namesRulesAndPlaybooksThatAreShipped() {
        List<String> rows = page.lines()
                .dropWhile(line -> !line.startsWith("| Xid"))
                .filter(line -> line.contains("`"))
                .toList();
        Set<String> ids =
                Set.copyOf(Playbooks.shipped().stream().map(Playbook::id).toList());

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            List<String> names = Arrays.asList(row.split("`"));
            assertThat(RuleSet.shippedIds()).contains(names.get(1));
            assertThat(ids).contains(names.get(3));
            assertThat(Playbooks.shipped())
                    .filteredOn(playbook -> playbook.id().equals(names.get(3)))
                    .allSatisfy(playbook -> assertThat(playbook.when().rules()).contains(names.get(1)));
        });
    }

    private List<String> rows() {
        return page.lines()
                .filter(line -> line.matches("\\| `[a-z]+[a-z.\\[\\]-]*` \\|.*\\|.*\\|.*\\|"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .map(cells -> code(cells.get(1)) + " | " + code(cells.get(2)) + " | " + cells.get(3))
                .toList();
    }

    private static String row(KnownSetting setting) {
        String accepted = setting.accepted() instanceof Accepted.Time
                ? "a duration"
                : setting.accepted().toString();
        return setting.path() + " | " + setting.absent() + " | " + accepted;
    }

    private static String code(String text) {
        return text.replace("`", "").replace("\"\"", "");
    }

    private String block(String language) {
        int start = page.indexOf("```" + language + "\n") + language.length() + 4;
        return page.substring(start, page.indexOf("```", start));
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs/PLAYBOOKS.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
