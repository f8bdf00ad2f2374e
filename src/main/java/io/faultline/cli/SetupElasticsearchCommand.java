package io.faultline.cli;

import io.faultline.settings.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code setup elasticsearch}: index templates, and policies where the server has them. */
@Command(
        name = "elasticsearch",
        description = "Installs the index templates, and life-cycle policies where the server has them.",
        footer = {"", "Example:", "  faultline setup elasticsearch --url http://localhost:9200"})
final class SetupElasticsearchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "The settings of the job: server, user, password.")
    private @Nullable Path config;

    @Option(names = "--url", paramLabel = "URL", description = "The server, in place of the one in the settings.")
    private @Nullable String url;

    private final Supplier<JobRunner> jobs;

    SetupElasticsearchCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        if (config == null && url == null) {
            problems.add("--url", "name the server with --url or a settings file with --config");
        }
        if (config != null) {
            InputFiles.check(List.of(config), problems);
        }
        if (url != null && !isHttp(url)) {
            problems.add("--url", "\"" + url + "\" is no address as http://localhost:9200");
        }
        problems.throwIfAny("the arguments of setup elasticsearch");
        jobs.get().setUpElasticsearch(config, url).forEach(spec.commandLine().getOut()::println);
        return ExitCode.OK;
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
