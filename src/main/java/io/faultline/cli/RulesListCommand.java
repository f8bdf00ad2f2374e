package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleHead;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules list}: what runs, since when, and who said so. */
@Command(
        name = "list",
        description = "Lists the rules of a running job: the version in force, who changed it, when and why.",
        footer = {"", "Example:", "  faultline rules list --config flink-conf/job.yaml"})
final class RulesListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleControlOptions control = new RuleControlOptions();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private final Supplier<JobRunner> jobs;

    RulesListCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() throws IOException {
        RuleControl rules = control.open(jobs);
        RuleBook book = rules.read();
        Map<String, List<String>> overLimit = rules.overLimit();
        PrintWriter out = spec.commandLine().getOut();
        for (String rule : book.rules()) {
            List<String> stops = overLimit.getOrDefault(rule, List.of());
            if (json) {
                out.println(json(rule, book, stops));
            } else {
                print(rule, book, stops, out);
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(String rule, RuleBook book, List<String> stops, PrintWriter out) {
        RuleHead head = book.head(rule);
        out.printf("%-40s  version %-4d  %s%n", rule, book.activeVersion(rule), state(rule, book, stops));
        if (!head.author().isEmpty()) {
            out.println("    " + head.at() + " " + head.author() + (head.why().isEmpty() ? "" : ": " + head.why()));
        }
        stops.forEach(stop -> out.println("    " + stop));
    }

    private static String state(String rule, RuleBook book, List<String> stops) {
        RuleHead head = book.head(rule);
        String origin = book.versions(rule).containsKey(book.activeVersion(rule)) ? "pushed" : "the job's own";
        if (head.isPaused()) {
            return "paused: " + head.paused();
        }
        String canary = head.canary() == RuleHead.NONE ? "" : ", version " + head.canary() + " as a canary";
        return origin + canary + (stops.isEmpty() ? "" : ", over a limit");
    }

    private static ObjectNode json(String rule, RuleBook book, List<String> stops) {
        RuleHead head = book.head(rule);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("rule", rule).put("version", book.activeVersion(rule));
        var versions = object.putArray("versions");
        book.versionNumbers(rule).forEach(versions::add);
        object.put("pushed", book.versions(rule).containsKey(book.activeVersion(rule)));
        object.put("paused", head.paused());
        object.put("canary", head.canary());
        object.put("author", head.author()).put("at", head.at()).put("why", head.why());
        var limits = object.putArray("over_limit");
        stops.forEach(limits::add);
        return object;
    }
}
