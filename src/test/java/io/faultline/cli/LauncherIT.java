package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the distribution that this build made, as a person starts it. */
class LauncherIT {

    private static final Path HOME = Path.of(System.getProperty("faultline.home", "target/faultline"));

    @TempDir
    Path folder;

    @Test
    void runsFromAnywhereThroughASymbolicLinkInAFolderWithASpace() throws Exception {
        Path link = Files.createDirectory(folder.resolve("my tools")).resolve("faultline");
        Files.createSymbolicLink(link, launcher());

        Run run = run(link, Map.of(), "--help");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Usage: faultline");
    }

    @Test
    void simulatesIntoTheFolderItIsCalledFrom() throws Exception {
        Run run = run(launcher(), Map.of(), "simulate", "--out", "a cluster", "--minutes", "10", "--fault", "none");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(folder.resolve("a cluster/labels.ndjson")).isEmptyFile();
        assertThat(folder.resolve("a cluster/train-llm.log")).isNotEmptyFile();
    }

    @Test
    void saysWhichJavaItNeedsWhereJavaHomeIsWrong() throws Exception {
        Run run = run(launcher(), Map.of("JAVA_HOME", "/nowhere"), "--help");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("JAVA_HOME is /nowhere", "JDK 17");
    }

    @Test
    void saysWhichJavaItNeedsWhereJavaIsTooOld() throws Exception {
        Path old = folder.resolve("jdk-11");
        Files.createDirectories(old.resolve("bin"));
        Files.createSymbolicLink(old.resolve("bin/java"), Path.of("/bin/true"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

        Run run = run(launcher(), Map.of("JAVA_HOME", old.toString()), "--help");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("needs Java 17, but " + old + " is Java 11.0.2");
    }

    @Test
    void opensTheModulesThatTheBuildOpensForItsTests() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String opens = pom.substring(pom.indexOf("<flink.opens>") + 13, pom.indexOf("</flink.opens>"));

        assertThat(Arrays.asList(opens.split(" ")))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(launcher()).content().contains(option));
    }

    private static Path launcher() {
        return HOME.resolve("bin/faultline").toAbsolutePath();
    }

    private record Run(int code, String out, String err) {}

    private Run run(Path command, Map<String, String> environment, String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> line = Stream.concat(Stream.of(command.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Run(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
