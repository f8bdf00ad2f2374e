package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DocumentedCommandsTest {

    /** {@code ./faultline …} up to a comment, a redirection, a pipe or the end of a quotation. */
    private static final Pattern COMMAND = Pattern.compile("\\./faultline ((?:[^#|>`\\n]|(?<=\\S)#)+)");

    @Test
    void everyCommandOfThePagesIsOneThatTheProgramTakes() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            Matcher matcher = COMMAND.matcher(Files.readString(page));
            while (matcher.find()) {
                commands.add(matcher.group(1).strip());
            }
        }

        assertThat(commands).hasSizeGreaterThan(8);
        for (String command : commands) {
            CommandLine line = Faultline.commandLine(
                    () -> {
                        throw new AssertionError("nothing is run");
                    },
                    () -> {
                        throw new AssertionError("nothing is read");
                    },
                    CliTerminal.ofLauncher());
            assertThatCode(() -> line.parseArgs(command.split("\\s+")))
                    .as("./faultline %s", command)
                    .doesNotThrowAnyException();
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("k8s/README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }
}
