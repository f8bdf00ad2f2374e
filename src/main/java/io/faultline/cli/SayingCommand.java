package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all commands have in common that say something of incidents to a running job: who says it and why, and that
 * nothing is sent where anything is wrong.
 */
abstract class SayingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleControlOptions options = new RuleControlOptions();

    @Option(names = "--author", paramLabel = "NAME", description = "Who says so (default: the user of this machine).")
    private String author = System.getProperty("user.name", "");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with what you say.")
    private String reason = "";

    private final Function<RuleControlOptions, ControlRecords> control;
    private final Clock clock;
    private final Map<String, String> documents = new LinkedHashMap<>();

    SayingCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /** Puts together what is to be said. */
    abstract void prepare(ControlRecords known, Instant now, Problems problems) throws IOException;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        if (author.isBlank()) {
            problems.add("--author", "is missing: the record says who it was");
        }
        ControlRecords topic = control.apply(options);
        prepare(topic, clock.instant().truncatedTo(ChronoUnit.SECONDS), problems);
        problems.throwIfAny("the arguments of " + spec.qualifiedName());
        for (Map.Entry<String, String> document : documents.entrySet()) {
            topic.send(document.getKey(), document.getValue());
        }
        return ExitCode.OK;
    }

    String author() {
        return author;
    }

    String reason() {
        return reason;
    }

    /** What every document says. */
    ObjectNode document(Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("author", author)
                .put("reason", reason)
                .put("at", now.toString());
    }

    void send(String key, String document, String words) {
        documents.put(key, document);
        spec.commandLine().getErr().println(words);
    }
}
