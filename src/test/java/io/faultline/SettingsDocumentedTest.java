package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.notify.ChannelKind;
import io.faultline.respond.notify.ReceiverSettings;
import io.faultline.respond.notify.console.ConsoleSettings;
import io.faultline.settings.Accepted;
import io.faultline.settings.KnownSetting;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code flink-conf/job.yaml} and {@code docs/SETTINGS.md} say what the code reads, all of it and nothing else. */
class SettingsDocumentedTest {

    private static final Path JOB = Path.of("flink-conf/job.yaml");

    /** What the file sets, so that it can be tried; everything else in it is the default. */
    private static final Set<String> EXAMPLES = Set.of(
            "collect.source.kafka.bootstrap-servers",
            "collect.source.kafka.topics",
            "respond.notify.receivers",
            "respond.notify.route",
            "respond.notify.inhibit-rules",
            "respond.notify.silences",
            "respond.remediate.fleet",
            "store.elasticsearch.hosts");

    @Test
    void setsOnlyWhatIsNeededToTryIt() {
        JsonNode shipped = YamlFile.read(JOB);

        JobSettings settings = JobSettings.read(JOB.toString(), shipped, Map.of());

        assertThat(settings.source().kafka().topics()).containsExactly("logs");
        assertThat(settings.notifications().receivers())
                .containsExactly(ReceiverSettings.console("console", ConsoleSettings.Stream.STDOUT));
        assertThat(JobSettings.read(JOB.toString(), withoutExamples(shipped), Map.of()))
                .isEqualTo(JobSettings.defaults());
    }

    @Test
    void showsEverySettingWithItsDefaultInTheJobFile() throws IOException {
        JsonNode whole = uncommented();
        Problems problems = new Problems();
        SettingsReader reader = new SettingsReader(whole, problems, new AnyVariable());

        JobSettings.read(reader);
        reader.finish();

        assertThat(problems.all()).as("every key of the file is real").isEmpty();
        assertThat(paths(whole, "")).containsAll(paths(reader.known()));
        assertThat(JobSettings.read("all defaults", withoutExamples(whole), Map.of()))
                .isEqualTo(JobSettings.defaults());
        assertThat(whole.at("/respond/notify/receivers"))
                .extracting(receiver -> receiver.path("channel").asText())
                .contains("console", "email", "webhook")
                .hasSizeGreaterThanOrEqualTo(ChannelKind.values().length);
    }

    @Test
    void hasATableRowForEverySettingWithItsDefaultAndWhatItAccepts() throws IOException {
        SettingsReader reader = new SettingsReader(uncommented(), new Problems(), new AnyVariable());
        JobSettings.read(reader);

        assertThat(rows())
                .containsExactlyInAnyOrderElementsOf(reader.known().stream()
                        .map(SettingsDocumentedTest::brief)
                        .toList());
    }

    /** The file with every line shown that has its # directly before a key or a list's dash. */
    private static JsonNode uncommented() throws IOException {
        String text = Files.readString(JOB).replaceAll("(?m)^( +)#(?=[a-z-])", "$1");
        return YamlFile.parse(JOB.toString(), text);
    }

    private static JsonNode withoutExamples(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        for (String path : EXAMPLES) {
            int dot = path.lastIndexOf('.');
            JsonNode group = copy.at("/" + path.substring(0, dot).replace('.', '/'));
            if (group.isObject()) {
                ((ObjectNode) group).remove(path.substring(dot + 1));
            }
        }
        return copy;
    }

    private static Set<String> paths(JsonNode node, String path) {
        Set<String> paths = new TreeSet<>(Set.of(path));
        node.fields()
                .forEachRemaining(field -> paths.addAll(
                        paths(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey())));
        if (node.isArray()) {
            node.forEach(element -> paths.addAll(paths(element, path + "[]")));
        }
        return paths;
    }

    private static Set<String> paths(Set<KnownSetting> settings) {
        return settings.stream().map(KnownSetting::path).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows {@code | key | default | accepted | meaning |} below the heading of their group. */
    private static List<Row> rows() throws IOException {
        String[] group = {""};
        return Files.readAllLines(Path.of("docs/SETTINGS.md")).stream()
                .peek(line -> group[0] = line.startsWith("## ") ? code(line.substring(3)) : group[0])
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .peek(cells -> assertThat(cells.get(4)).as(cells.get(1)).isNotEmpty())
                .map(cells -> new Row(group[0] + "." + code(cells.get(1)), cells.get(3), code(cells.get(2))))
                .toList();
    }

    private static String code(String text) {
        return text.replace("`", "").replace("\"\"", "");
    }

    private record Row(String path, String accepted, String absent) {}

    /** The head of the page says once how durations are written. */
    private static Row brief(KnownSetting setting) {
        String accepted = setting.accepted() instanceof Accepted.Time
                ? "a duration"
                : setting.accepted().toString();
        return new Row(setting.path(), accepted, setting.absent());
    }

    /** An environment where every variable is set, and empty. */
    private static final class AnyVariable extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String get(Object name) {
            return "";
        }
    }
}
