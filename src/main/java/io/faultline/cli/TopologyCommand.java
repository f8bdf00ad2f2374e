package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topology}: the job graph. */
@Command(
        name = "topology",
        description = "Prints the job graph: each step, its key, its parallelism and its id in savepoints.",
        footer = {"", "Example:", "  faultline topology"})
final class TopologyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print one step a line as JSON.")
    private boolean json;

    @Option(names = "--config", paramLabel = "FILE", description = "The settings of the job; without it the defaults.")
    private @Nullable Path config;

    private final Supplier<JobRunner> jobs;

    TopologyCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() {
        if (config != null) {
            Problems problems = new Problems();
            InputFiles.check(List.of(config), problems);
            problems.throwIfAny("the arguments of topology");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<TopologyStep> steps = jobs.get().topology(config);
        if (json) {
            steps.forEach(step -> out.println(json(step)));
        } else {
            out.println(row("step", "key", "parallelism", "uid"));
            steps.forEach(step -> out.println(row(
                    step.name(),
                    step.key().isEmpty() ? "-" : step.key(),
                    step.parallelism() == 0 ? "cluster" : Integer.toString(step.parallelism()),
                    step.uid())));
        }
        return ExitCode.OK;
    }

    private static String row(String step, String key, String parallelism, String uid) {
        return String.format(Locale.ROOT, "%-28s %-16s %-12s %s", step, key, parallelism, uid);
    }

    private static String json(TopologyStep step) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("step", step.name())
                .put("key", step.key())
                .put("parallelism", step.parallelism())
                .put("uid", step.uid())
                .toString();
    }
}
