package io.faultline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs a command that reads logs itself and starts no job. */
final class WithoutJob {

    private WithoutJob() {}

    /** @return the exit code */
    static int run(StringWriter out, StringWriter err, String... arguments) {
        return Faultline.commandLine(
                        () -> {
                            throw new AssertionError("no job is run");
                        },
                        DirectLogReader::new,
                        new CliTerminal(false, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
