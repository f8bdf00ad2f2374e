package io.faultline.detect.match.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.life.RulesDirectorySource.Seen;
import io.faultline.detect.match.rule.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real directory, and what the rule book makes of what is found in it. */
class RulesDirectorySourceTest {

    private static final String EXIT = "kind: sequence\nmatch:\n  - {name: exit, where: kind == 'process.exit'}\n";

    private static final String FAMILY =
            """
            template: {title: "Over ${limit}", level: low}
            instances:
              - {id: one, limit: 1}
              - {id: two, limit: 2}
            """;

    @TempDir
    private Path directory;

    private final RuleBook book = new RuleBook(new RuleSet(List.of()));
    private SourceReader<RuleCommand, Seen> reader;

    @BeforeEach
    void start() {
        reader = reader(List.of(Seen.NOTHING));
    }

    @Test
    void tellsOnceOfEachFileThatIsNewOrChangedOrGone() throws Exception {
        write("a", 1, EXIT);
        write("b", 1, EXIT);
        Files.writeString(directory.resolve("notes.txt"), "none of ours");

        assertThat(look()).extracting(RuleCommand::key).containsExactly("file/a", "file/b");
        assertThat(look()).isEmpty();
        write("a", 2, EXIT);
        assertThat(look()).extracting(RuleCommand::key).containsExactly("file/a");
        Files.delete(file("b"));

        assertThat(look()).containsExactly(RuleCommand.file("b", ""));
        assertThat(look()).isEmpty();
        assertThat(book.inForce("a").version()).isEqualTo(2);
        assertThat(book.inForce("b").version()).isZero();
    }

    @Test
    void keepsWhatIsInForceUntilAFileIsWrittenWhole() throws Exception {
        write("a", 1, EXIT);
        look();
        String whole = text("a", 2, EXIT);

        Files.writeString(file("a"), "");
        assertThat(look()).as("cut off, not yet written").isEmpty();
        Files.writeString(file("a"), whole.substring(0, whole.indexOf("match:")));
        look();
        assertThat(book.inForce("a").version()).as("half of it").isEqualTo(1);
        Files.writeString(file("a"), whole);
        look();

        assertThat(book.inForce("a").version()).isEqualTo(2);
    }

    @Test
    void refusesABadRuleWholeAndTakesTheGoodOnesBesideIt() throws Exception {
        write("bad", 1, EXIT);
        look();
        write("bad", 2, EXIT.replace("kind ==", "knid =="));
        write("good", 1, EXIT);
        write("other", 1, "kind: nonsense\n");
        look();

        assertThat(book.inForce("bad").version()).isEqualTo(1);
        assertThat(book.inForce("good").version()).isEqualTo(1);
        assertThat(book.inForce("other").version()).isZero();
    }

    @Test
    void looksAtTheOthersWhereOneCanNotBeRead() throws Exception {
        write("a", 1, EXIT);
        look();
        Files.write(file("a"), new byte[] {'i', 'd', ':', ' ', (byte) 0xff, '\n'});
        Files.createDirectory(file("folder"));
        write("b", 1, EXIT);
        look();

        assertThat(book.inForce("a").version()).as("not UTF-8").isEqualTo(1);
        assertThat(book.inForce("b").version()).isEqualTo(1);
        Files.delete(file("a"));
        look();
        assertThat(book.inForce("a").version()).isZero();
    }

    @Test
    void beginsAnewWithARuleThatWasAwayForAWhile() throws Exception {
        write("a", 1, EXIT);
        look();
        Files.delete(file("a"));
        look();
        write("a", 1, EXIT);
        look();

        assertThat(book.inForce("a").version()).isEqualTo(1);
        assertThat(book.inForce("a").epoch()).isEqualTo(2);
    }

    @Test
    void keepsAllInForceWhereTheDirectoryIsAwayForAWhile() throws Exception {
        write("a", 1, EXIT);
        look();
        Path elsewhere = directory.resolveSibling(directory.getFileName() + "-elsewhere");
        Files.move(directory, elsewhere);
        assertThat(look()).isEmpty();
        Files.move(elsewhere, directory);
        write("a", 2, EXIT);
        look();

        assertThat(book.inForce("a").version()).isEqualTo(2);
    }

    @Test
    void tellsAfterARestartWhatHappenedMeanwhile() throws Exception {
        write("gone", 1, EXIT);
        write("same", 1, EXIT);
        write("changed", 1, EXIT);
        look();
        List<Seen> seen = reader.snapshotState(1);
        Files.delete(file("gone"));
        write("changed", 2, EXIT);
        write("come", 1, EXIT);

        reader = reader(seen);
        look();

        assertThat(book.inForce("gone").version()).isZero();
        assertThat(book.inForce("changed").version()).isEqualTo(2);
        assertThat(book.inForce("come").version()).isEqualTo(1);
        assertThat(book.inForce("same").epoch()).as("it goes on").isEqualTo(1);
    }

    @Test
    void leavesDisabledRulesWhereTheyAre() throws Exception {
        reader = reader(new RulesDirectorySource(directory.toString(), List.of("a"), true), List.of(Seen.NOTHING));
        write("a", 1, EXIT);
        write("b", 1, EXIT);

        assertThat(look()).extracting(RuleCommand::key).containsExactly("file/b");
    }

    @Test
    void passesOnEachInstanceOfAFamilyAndTellsWhichAreGone() throws Exception {
        Files.writeString(file("family"), FAMILY);
        List<RuleCommand> both = look();
        assertThat(both).extracting(RuleCommand::rule).containsExactly("one", "two");
        assertThat(both.get(1).document()).contains("id: two", "title: Over 2");

        Files.writeString(file("family"), FAMILY.replaceFirst(".*limit: 1.*\\n", ""));

        assertThat(look()).containsExactly(RuleCommand.file("one", ""));
    }

    @Test
    void takesNoRuleForGoneWhileAFamilyHasAMistakeOrIsNotWritten() throws Exception {
        Files.writeString(file("family"), FAMILY);
        look();

        Files.writeString(file("family"), "");
        assertThat(look()).isEmpty();
        Files.writeString(file("family"), FAMILY.replace("limit: 1", "limt: 1"));
        List<RuleCommand> mistaken = look();

        assertThat(mistaken).extracting(RuleCommand::rule).containsExactly("family");
        assertThat(mistaken.get(0).document()).contains("limt: 1");
        Files.writeString(file("family"), "");
        assertThat(look()).isEmpty();
        Files.writeString(file("family"), FAMILY);
        assertThat(look()).isEmpty();
    }

    private SourceReader<RuleCommand, Seen> reader(List<Seen> seen) {
        return reader(new RulesDirectorySource(directory.toString(), List.of(), true), seen);
    }

    private static SourceReader<RuleCommand, Seen> reader(RulesDirectorySource source, List<Seen> seen) {
        SourceReader<RuleCommand, Seen> reader = source.createReader(null);
        reader.start();
        reader.addSplits(seen);
        reader.notifyNoMoreSplits();
        return reader;
    }

    /** What the next look finds, which the book hears too. */
    private List<RuleCommand> look() throws Exception {
        Commands commands = new Commands(new ArrayList<>());
        reader.isAvailable().get(1, TimeUnit.MINUTES);
        InputStatus status = reader.pollNext(commands);
        while (status == InputStatus.MORE_AVAILABLE) {
            status = reader.pollNext(commands);
        }
        commands.found().forEach(book::apply);
        return commands.found();
    }

    private void write(String rule, int version, String pattern) throws Exception {
        Files.writeString(file(rule), text(rule, version, pattern));
    }

    private Path file(String rule) {
        return directory.resolve(rule + ".yaml");
    }

    private static String text(String rule, int version, String pattern) {
        return SampleRules.file(rule, "version: " + version + "\n" + pattern).text();
    }

    private record Commands(List<RuleCommand> found) implements ReaderOutput<RuleCommand> {

        @Override
        public void collect(RuleCommand command) {
            found.add(command);
        }

        @Override
        public void collect(RuleCommand command, long timestamp) {
            found.add(command);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<RuleCommand> createOutputForSplit(String split) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String split) {}
    }
}
