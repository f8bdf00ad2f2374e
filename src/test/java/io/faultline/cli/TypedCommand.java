package io.faultline.cli;

import io.faultline.EmbeddedJob;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A command as a person types it, with the job that it would find. */
public final class TypedCommand {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final int code;

    public TypedCommand(String... arguments) {
        code = Faultline.commandLine(EmbeddedJob::new, DirectLogReader::new, new CliTerminal(false, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    public int code() {
        return code;
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
