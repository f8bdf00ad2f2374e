package io.faultline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silence list}: what is kept quiet, by whom and why. */
@Command(
        name = "list",
        description = "Lists the silences that people added to a running job, those that are over too.",
        footer = {"", "Example:", "  faultline silence list --config flink-conf/job.yaml --json"})
final class SilenceListCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleControlOptions control = new RuleControlOptions();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private final Supplier<JobRunner> jobs;

    SilenceListCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (String document : control.openControl(jobs).read("silence/").values()) {
            if (json) {
                out.println(document);
            } else {
                print(JSON.readTree(document), out);
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(JsonNode silence, PrintWriter out) {
        List<String> matchers = new ArrayList<>();
        silence.path("matchers").forEach(matcher -> matchers.add(matcher.asText()));
        JsonNode weekly = silence.path("weekly");
        String ends = silence.path("ends").asText();
        List<String> days = new ArrayList<>();
        weekly.path("days").forEach(day -> days.add(day.asText()));
        out.printf(
                "%-20s  %s%n    %s%s%n    %s %s: %s%n",
                silence.path("id").asText(),
                String.join(", ", matchers),
                ends.isEmpty() ? "without end" : "until " + ends,
                weekly.isMissingNode()
                        ? ""
                        : ", " + String.join(",", days) + " "
                                + weekly.path("from").asText() + "-"
                                + weekly.path("to").asText() + " "
                                + weekly.path("time-zone").asText(),
                silence.path("at").asText(),
                silence.path("author").asText(),
                silence.path("reason").asText());
    }
}
