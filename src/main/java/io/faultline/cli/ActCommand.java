package io.faultline.cli;

import io.faultline.respond.remediate.execute.ActSettings;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code act}: the executor, a process that carries out what the job asks for. */
@Command(
        name = "act",
        description = {
            "Carries out the actions of one Kubernetes cluster: reads orders from the actions topic, runs them dry, does them, and"
                    + " tells what came of them on the results topic."
        },
        footer = {
            "",
            "Example:",
            "  faultline act --config flink-conf/act.yaml",
            "",
            "Ctrl-C or SIGTERM stops it, after the action that is under way."
        })
final class ActCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings of the executor.")
    private Path config = Path.of("act.yaml");

    @Option(names = "--check", description = "Only read the settings.")
    private boolean check;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ActSettings settings = settings(config, System.getenv());
        PrintWriter words = spec.commandLine().getErr();
        if (check) {
            words.println(config + ": no problem");
            return ExitCode.OK;
        }
        CountDownLatch ended = new CountDownLatch(1);
        try (ActionLoop loop = new ActionLoop(settings, Clock.systemUTC(), line -> {
            words.println(line);
            words.flush();
        })) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(loop, ended)));
            words.println(
                    "Waiting for actions of cluster \"" + settings.cluster() + "\" on " + settings.actionsTopic());
            words.flush();
            loop.run();
        } finally {
            ended.countDown();
        }
        return ExitCode.OK;
    }

    static ActSettings settings(Path config, Map<String, String> environment) {
        Problems problems = new Problems();
        InputFiles.check(List.of(config), problems);
        problems.throwIfAny("the arguments of act");
        SettingsReader reader = new SettingsReader(YamlFile.read(config), problems, environment);
        ActSettings settings = ActSettings.read(reader);
        reader.finish();
        problems.throwIfAny(config.toString());
        return settings;
    }

    /** Not until the thread ends: it waits in {@link System#exit} for this. */
    private static void end(ActionLoop loop, CountDownLatch ended) {
        loop.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
