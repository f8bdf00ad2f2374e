package io.faultline.detect.match.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesDirectorySourceTest {

    private static final String FAMILY =
            """
            template: {title: "Over ${limit}", level: low}
            instances:
              - {id: one, limit: 1}
              - {id: two, limit: 2}
            """;

    @TempDir
    private Path directory;

    private final List<RuleCommand> commands = new ArrayList<>();

    @Test
    void passesOnEachInstanceOfAFamilyAndTellsWhichAreGone() throws Exception {
        SourceReader<RuleCommand, RulesDirectorySource.Seen> reader = reader();

        write(FAMILY);
        look(reader);
        assertThat(commands).extracting(RuleCommand::rule).containsExactly("one", "two");
        assertThat(commands.get(1).document()).contains("id: two", "title: Over 2");

        write(FAMILY.replaceFirst(".*limit: 1.*\\n", ""));
        look(reader);
        assertThat(commands).extracting(RuleCommand::rule).containsExactly("one");
        assertThat(commands.get(0).document()).isEmpty();
    }

    @Test
    void takesNoRuleForGoneWhileAFamilyHasAMistake() throws Exception {
        SourceReader<RuleCommand, RulesDirectorySource.Seen> reader = reader();
        write(FAMILY);
        look(reader);

        write(FAMILY.replace("limit: 1", "limt: 1"));
        look(reader);

        assertThat(commands).extracting(RuleCommand::rule).containsExactly("family");
        assertThat(commands.get(0).document()).contains("limt: 1");
    }

    private SourceReader<RuleCommand, RulesDirectorySource.Seen> reader() throws Exception {
        SourceReader<RuleCommand, RulesDirectorySource.Seen> reader =
                new RulesDirectorySource(directory.toString(), List.of(), true).createReader(null);
        reader.addSplits(List.of(RulesDirectorySource.Seen.NOTHING));
        reader.notifyNoMoreSplits();
        return reader;
    }

    private void write(String family) throws IOException {
        Files.writeString(directory.resolve("family.yaml"), family);
    }

    /** Reads what is there now. */
    private void look(SourceReader<RuleCommand, RulesDirectorySource.Seen> reader) throws Exception {
        commands.clear();
        int before;
        do {
            before = commands.size();
            reader.pollNext(output());
        } while (commands.size() > before);
    }

    @SuppressWarnings("unchecked")
    private ReaderOutput<RuleCommand> output() {
        return (ReaderOutput<RuleCommand>) Proxy.newProxyInstance(
                ReaderOutput.class.getClassLoader(),
                new Class<?>[] {ReaderOutput.class},
                (proxy, method, arguments) -> commands.add((RuleCommand) arguments[0]) ? null : null);
    }
}
