package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.redact.Canaries;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that must not be kept is in what {@code parse} prints and writes. */
class ParseCanaryTest {

    @TempDir
    Path folder;

    @Test
    void printsNoCanary() throws Exception {
        StringBuilder lines = new StringBuilder();
        Canaries.texts().forEach((rule, text) -> {
            lines.append(text).append('\n');
            if (Canaries.isFoundAnywhere(rule)) {
                String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
                lines.append("{\"level\":\"error\",\"broken\":\"")
                        .append(escaped)
                        .append('\n');
            }
        });
        Path log = Files.writeString(folder.resolve("app.log"), lines);
        Path rejected = folder.resolve("rejected.ndjson");
        StringWriter out = new StringWriter();

        int code = Faultline.commandLine(
                        () -> {
                            throw new IllegalStateException("parse runs no job");
                        },
                        DirectLogReader::new,
                        new CliTerminal(false, false))
                .setOut(new PrintWriter(out))
                .execute("parse", log.toString(), "--rejected", rejected.toString());

        String all = out + Files.readString(rejected);
        assertThat(code).isZero();
        assertThat(out.toString()).contains("[redacted:anthropic-key]");
        assertThat(Files.readString(rejected)).contains("[redacted:anthropic-key]");
        assertThat(Canaries.secrets()).allSatisfy((rule, secret) -> assertThat(all)
                .as(rule)
                .doesNotContain(secret)
                .doesNotContain(secret.replace("\\", "\\\\").replace("\"", "\\\"")));
    }
}
