package io.faultline.respond.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/NOTIFY.md} has every channel, and its examples are settings. */
class NotifyPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /** An example that begins with its name is a file that others name. */
    private static final Pattern FILE = Pattern.compile("# (\\S+\\.yaml)\n");

    @TempDir
    private Path directory;

    @Test
    void showsEveryChannelInAnExampleThatCanBeRead() throws IOException {
        String page = Files.readString(Path.of("docs/NOTIFY.md"));
        Matcher example = EXAMPLE.matcher(page);
        Problems problems = new Problems();
        Path settings = directory.resolve("job.yaml");

        while (example.find()) {
            Matcher file = FILE.matcher(example.group(1));
            if (file.lookingAt()) {
                Files.writeString(directory.resolve(file.group(1)), example.group(1));
                continue;
            }
            SettingsReader reader = new SettingsReader(
                    YamlFile.parse("docs/NOTIFY.md", example.group(1)), problems, new AnyVariable(), settings);
            NotifySettings.read(reader);
            reader.finish();
        }

        assertThat(problems.all()).isEmpty();
        List<String> words =
                Arrays.stream(ChannelKind.values()).map(ChannelKind::word).toList();
        assertThat(words).allSatisfy(word -> assertThat(page).contains("| `" + word + "` |", "channel: " + word));
    }

    /** An environment where every variable is set. */
    private static final class AnyVariable extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String get(Object name) {
            return name.toString().endsWith("_URL") ? "https://robot.example.org/hook" : "x";
        }
    }
}
