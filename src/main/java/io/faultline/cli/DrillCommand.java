package io.faultline.cli;

import io.faultline.cli.Drill.Occasion;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drill}: a marked line that takes the way of all logs, so that one sees that people would be told. */
@Command(
        name = "drill",
        description = {
            "Writes one marked line to the topic that the job reads and prints the drill's id. Whoever is routed to the rule",
            "fire-drill is told of it, as of a fault; how long that took is a metric."
        },
        footer = {
            "",
            "Example:",
            "  faultline drill --config flink-conf/job.yaml",
            "",
            "With --every, Ctrl-C or SIGTERM ends it. A drill of a schedule that does not come is told by the rule",
            "fire-drill-missing, until --stop says that the schedule was ended."
        })
final class DrillCommand implements Callable<Integer> {

    private static final Duration OFTENEST = Duration.ofMinutes(1);

    /** The rule fire-drill-missing waits for an hour more. */
    private static final Duration RAREST = Duration.ofHours(24);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings of the job.")
    private Path config = Path.of("job.yaml");

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "The topic of logs (default: the first of the settings).")
    private @Nullable String topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "The Kafka brokers as they are seen from here (default: those of the settings).")
    private @Nullable String bootstrap;

    @Option(names = "--author", paramLabel = "NAME", description = "Who drills (default: the user of this machine).")
    private String author = System.getProperty("user.name", "");

    @Option(names = "--every", paramLabel = "DURATION", description = "Go on and drill again and again, as 1h.")
    private @Nullable String every;

    @Option(names = "--scheduled", description = "Another drill follows within a day; say so where cron calls this.")
    private boolean scheduled;

    @Option(names = "--stop", description = "No drill: the schedule was ended, none is to be missed.")
    private boolean stop;

    private final Supplier<JobRunner> jobs;
    private final Clock clock;

    DrillCommand(Supplier<JobRunner> jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        InputFiles.check(List.of(config), problems);
        if (author.isBlank()) {
            problems.add("--author", "is missing: the line says who drills");
        }
        if (stop && (scheduled || every != null)) {
            problems.add("--stop", "ends a schedule; --every and --scheduled begin one");
        }
        Duration pause = every == null ? null : TypedTimes.duration("--every", every, "1h, 30m or 24h", problems);
        if (pause != null
                && problems.all().isEmpty()
                && (pause.compareTo(OFTENEST) < 0 || pause.compareTo(RAREST) > 0)) {
            problems.add("--every", "may be 1m to 24h");
        }
        problems.throwIfAny("the arguments of drill");
        LogTopic logs = jobs.get().logs(config, topic, bootstrap);
        if (pause == null) {
            send(logs, stop ? Occasion.STOPPED : scheduled ? Occasion.SCHEDULED : Occasion.ONCE);
            return ExitCode.OK;
        }
        return repeat(logs, pause);
    }

    /** Until the process is told to end. */
    private int repeat(LogTopic logs, Duration pause) {
        try {
            while (true) {
                try {
                    send(logs, Occasion.SCHEDULED);
                } catch (IOException e) {
                    say(spec.commandLine().getErr(), "not sent: " + e.getMessage() + "; the next follows in " + every);
                }
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            return ExitCode.OK;
        }
    }

    private void send(LogTopic logs, Occasion occasion) throws IOException {
        Drill drill = Drill.by(author, occasion);
        logs.write(drill.id(), drill.line(clock.instant()));
        boolean ended = occasion == Occasion.STOPPED;
        say(
                spec.commandLine().getErr(),
                (ended ? "no drill is expected any more" : "a drill is sent") + ": " + logs.name());
        if (!ended) {
            say(spec.commandLine().getOut(), drill.id());
        }
    }

    private static void say(PrintWriter words, String line) {
        words.println(line);
        words.flush();
    }
}
