package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.EmbeddedJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/FIRST-RULE.md, from its first block to the last: files are written, commands run, answers compared. */
class FirstRuleTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+) ?(\\S*)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void answersAsThePageSays() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/FIRST-RULE.md")));
        String answer = "";
        int commands = 0;
        while (block.find()) {
            switch (block.group(1)) {
                case "file" -> write(directory.resolve(block.group(2)), block.group(3));
                case "sh" -> {
                    answer = run(block.group(3).strip());
                    commands++;
                }
                default -> assertThat(answer).contains(block.group(3).strip().split("\n"));
            }
        }
        assertThat(commands).isGreaterThan(5);
    }

    @Test
    void findsNothingToSayOfTheRuleInTheEnd() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/FIRST-RULE.md")));
        while (block.find()) {
            if (block.group(1).equals("file")) {
                write(directory.resolve(block.group(2)), block.group(3));
            }
        }

        assertThat(run("./faultline rules lint my-rules --strict")).isEqualTo("1 rules, 0 errors, 0 warnings\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What the command prints to both outputs; the page's directories are those of the test. */
    private String run(String command) {
        String here = command.replaceFirst("^\\./faultline ", "")
                .replaceAll("(?<= )(?=my-rules|logs/)", Matcher.quoteReplacement(directory + "/"));
        StringWriter answer = new StringWriter();
        PrintWriter writer = new PrintWriter(answer, true);
        Faultline.commandLine(EmbeddedJob::new, DirectLogReader::new, new CliTerminal(false, false))
                .setOut(writer)
                .setErr(writer)
                .execute(here.split(" "));
        return answer.toString();
    }
}
