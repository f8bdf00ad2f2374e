package io.faultline.cli;

import io.faultline.model.Incident;
import io.faultline.respond.notify.NotifySettings;
import io.faultline.respond.notify.ReceiverSettings;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Wording;
import io.faultline.respond.notify.console.ConsoleSettings;
import io.faultline.respond.notify.wording.MessageTemplate;
import io.faultline.respond.notify.wording.ShippedTemplates;
import io.faultline.respond.notify.wording.TemplateFile;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code notify render}: an incident as one receiver would get it. */
@Command(
        name = "render",
        description = {
            "Shows an incident as one receiver would get it; sends nothing.",
            "Without a receiver it is shown as a terminal would get it; without an incident it is a made-up one."
        },
        footer = {
            "",
            "Example:",
            "  faultline notify render --receiver console --config flink-conf/job.yaml --language zh",
            "  faultline notify render --template flink-conf/oncall.yaml --all",
            "  faultline scan target/cluster/*.log --json > target/incidents.json",
            "  faultline notify render --template flink-conf/oncall.yaml --incident target/incidents.json"
        })
final class NotifyRenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = false)
    private @Nullable ReceiverOptions options;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "A template in place of the receiver's (docs/NOTIFY.md).")
    private @Nullable Path template;

    @Option(
            names = "--language",
            paramLabel = "en|zh",
            description =
                    "In place of the receiver's own: the shipped template of that language, or what --template leaves"
                            + " to it.")
    private @Nullable Language language;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Why it is told: ${COMPLETION-CANDIDATES}; opened by default.")
    private Occasion reason = Occasion.OPENED;

    @Option(names = "--all", description = "Show one message for each of these reasons.")
    private boolean all;

    @Option(
            names = "--incident",
            paramLabel = "FILE",
            description = "Lines of scan --json: the first is shown; a digest has the others too.")
    private @Nullable Path incident;

    @Override
    public Integer call() throws Exception {
        NotifySettings settings = options == null ? NotifySettings.defaults() : options.settings();
        ReceiverSettings receiver = options == null
                ? ReceiverSettings.console("console", ConsoleSettings.Stream.STDOUT)
                : options.in(settings);
        Problems problems = new Problems();
        if (template != null && !receiver.channel().isWorded()) {
            problems.add(
                    "--template", "means nothing to " + receiver.name() + ": its channel is not told in these words");
        }
        Wording wording = wording(settings, receiver, problems);
        List<Incident> incidents = incident == null ? List.of() : ScannedIncident.all(incident, problems);
        problems.throwIfAny("the arguments of notify");
        Clock clock = Clock.systemUTC();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        PrintWriter out = spec.commandLine().getOut();
        try (Channel channel = settings.open(receiver, wording, clock)) {
            for (Occasion occasion : all ? Occasion.values() : new Occasion[] {reason}) {
                Notice notice = occasion.notice(receiver.name(), incidents, now);
                if (all) {
                    out.println("--- " + occasion);
                }
                out.println(channel.preview(notice).stripTrailing());
                String remark = wording.message(notice).remark();
                if (!remark.isEmpty()) {
                    spec.commandLine().getErr().println(occasion + ": " + remark);
                }
            }
            return ExitCode.OK;
        }
    }

    private Wording wording(NotifySettings settings, ReceiverSettings receiver, Problems problems) {
        Language chosen = language == null ? receiver.language() : language;
        if (template == null) {
            return language == null
                    ? settings.wording(receiver)
                    : settings.wording(ShippedTemplates.of(chosen), chosen);
        }
        int before = problems.all().size();
        MessageTemplate read = TemplateFile.read(template, chosen, problem -> add(problems, problem));
        return settings.wording(problems.all().size() > before ? receiver.template() : read, chosen);
    }

    /** A problem begins with its place already. */
    private static void add(Problems problems, String problem) {
        problems.addAll(List.of(problem));
    }
}
