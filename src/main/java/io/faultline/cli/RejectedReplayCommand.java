package io.faultline.cli;

import io.faultline.settings.Problems;
import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rejected replay}: puts rejected inputs back, once what refused them is mended. */
@Command(
        name = "replay",
        description = {
            "Puts rejected inputs back: Kafka records to their topic, as they were; documents that Elasticsearch refused to"
                    + " their index. What went back is not put back again.",
        },
        footer = {
            "",
            "Example:",
            "  faultline rejected replay --config flink-conf/job.yaml --stage decode --dry-run",
            "  faultline rejected replay target/rejected.ndjson --out target/again.log"
        })
final class RejectedReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RejectedOptions options = new RejectedOptions();

    @Option(
            names = "--to-topic",
            paramLabel = "TOPIC",
            description = "Where inputs go (default: where they came from).")
    private @Nullable String topic;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the inputs to a file, a line each, instead.")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "Only say what would go back.")
    private boolean dryRun;

    private final Supplier<JobRunner> jobs;

    RejectedReplayCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Problems problems = new Problems();
        options.check(problems);
        if (out != null) {
            Reports.checkTarget("--out", out, problems);
            if (topic != null) {
                problems.add("--out", "inputs go to a topic or to a file, not to both");
            }
        }
        problems.throwIfAny("the arguments of rejected replay");
        try (KeptRejects kept = options.open(jobs)) {
            List<KeptReject> chosen = options.chosen(kept);
            if (dryRun) {
                chosen.forEach(reject -> spec.commandLine()
                        .getOut()
                        .println("would put back " + reject.origin() + "  " + reject.reason()));
                return ExitCode.OK;
            }
            return out != null ? write(chosen, out) : putBack(chosen, kept);
        }
    }

    private int putBack(List<KeptReject> chosen, KeptRejects kept) throws IOException, InterruptedException {
        PrintWriter words = spec.commandLine().getErr();
        List<KeptReject> putBack = new ArrayList<>();
        try {
            for (KeptReject reject : chosen) {
                String why = kept.putBack(reject, topic);
                if (why == null) {
                    putBack.add(reject);
                } else {
                    words.println(reject.origin() + ": stays: " + why);
                }
            }
        } finally {
            // What went back must not go twice, whatever happened to the others.
            kept.settle(putBack);
        }
        words.println(putBack.size() + " of " + chosen.size() + " put back");
        return putBack.size() == chosen.size() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int write(List<KeptReject> chosen, Path file) throws IOException {
        PrintWriter words = spec.commandLine().getErr();
        int written = 0;
        try (OutputStream bytes = Files.newOutputStream(file)) {
            for (KeptReject reject : chosen) {
                if (reject.mayBeCut()) {
                    words.println(reject.origin() + ": stays: what was kept of it is cut to " + reject.payload().length
                            + " bytes");
                } else {
                    bytes.write(reject.payload());
                    bytes.write('\n');
                    written++;
                }
            }
        }
        words.println(written + " of " + chosen.size() + " written to " + file);
        return written == chosen.size() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
