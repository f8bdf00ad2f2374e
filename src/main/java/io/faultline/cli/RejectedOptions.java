package io.faultline.cli;

import io.faultline.model.Rejected;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which rejected inputs: where they are kept, and which of them. */
final class RejectedOptions {

    private static final List<String> REASONS = Arrays.stream(Rejected.Reason.values())
            .map(reason -> reason.name().toLowerCase(Locale.ROOT))
            .toList();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files that parse --rejected wrote.")
    private List<Path> files = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings of the job: its topic of rejected inputs, its Elasticsearch, its input.")
    private @Nullable Path config;

    @Option(names = "--stage", paramLabel = "NAME", description = "Only those of one step, as decode or store.")
    private @Nullable String stage;

    @Option(names = "--reason", paramLabel = "NAME", description = "Only those with one reason, as malformed.")
    private @Nullable String reason;

    @Option(names = "--origin", paramLabel = "TEXT", description = "Only those whose origin begins so, as logs/3@.")
    private @Nullable String origin;

    void check(Problems problems) {
        if ((config == null) == files.isEmpty()) {
            problems.add("--config", "name either the settings of the job or files that parse --rejected wrote");
        }
        InputFiles.check(config == null ? files : List.of(config), problems);
        if (reason != null && !REASONS.contains(reason)) {
            String all = "; there are " + String.join(", ", REASONS);
            problems.add("--reason", "\"" + reason + "\" is no reason" + NearestWord.hint(reason, REASONS) + all);
        }
    }

    KeptRejects open(Supplier<JobRunner> jobs) {
        return config == null ? new RejectedFiles(files) : jobs.get().rejects(config);
    }

    List<KeptReject> chosen(KeptRejects kept) throws IOException {
        return kept.read().stream()
                .filter(one -> stage == null || stage.equals(one.stage()))
                .filter(one -> reason == null || reason.equals(one.reason()))
                .filter(one -> origin == null || one.origin().startsWith(origin))
                .toList();
    }
}
