package io.faultline.cli;

import io.faultline.settings.Problems;
import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rejected list}: what could not be used, why, and how often. */
@Command(
        name = "list",
        description = "Lists what a job could not use: when, where, why, and what it was.",
        footer = {
            "",
            "Example:",
            "  faultline parse logs/*.log --rejected target/rejected.ndjson > target/events.ndjson",
            "  faultline rejected list target/rejected.ndjson --reason malformed"
        })
final class RejectedListCommand implements Callable<Integer> {

    private static final int EXCERPT = 120;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RejectedOptions options = new RejectedOptions();

    @Option(names = "--limit", paramLabel = "N", description = "Show at most so many (default: 50).")
    private int limit = 50;

    @Option(names = "--json", description = "One JSON object a line, all of them, with their payload.")
    private boolean json;

    private final Supplier<JobRunner> jobs;

    RejectedListCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        options.check(problems);
        problems.throwIfAny("the arguments of rejected list");
        try (KeptRejects kept = options.open(jobs)) {
            List<KeptReject> chosen = options.chosen(kept);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                chosen.forEach(reject -> out.println(reject.document()));
            } else {
                chosen.stream().limit(limit).forEach(reject -> print(reject, out));
            }
            out.flush();
            spec.commandLine().getErr().println(summary(chosen));
        }
        return ExitCode.OK;
    }

    private static void print(KeptReject reject, PrintWriter out) {
        out.println(
                reject.observedTimestamp() + "  " + reject.stage() + "  " + reject.reason() + "  " + reject.origin());
        out.println("    " + reject.detail());
        String text = new String(reject.payload(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
        out.println("    " + (text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + " …"));
    }

    private static String summary(List<KeptReject> chosen) {
        Map<String, Integer> counts = new TreeMap<>();
        chosen.forEach(reject -> counts.merge(reject.stage() + " " + reject.reason(), 1, Integer::sum));
        StringBuilder text = new StringBuilder().append(chosen.size()).append(" rejected");
        counts.forEach(
                (name, count) -> text.append(", ").append(name).append(' ').append(count));
        return text.toString();
    }
}
