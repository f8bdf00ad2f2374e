package io.faultline.cli;

import io.faultline.respond.notify.NotifySettings;
import io.faultline.respond.notify.ReceiverSettings;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.NotifyReason;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code notify render}: a made-up incident as one receiver would get it. */
@Command(
        name = "render",
        description = "Shows a made-up incident as one receiver would get it; sends nothing.",
        footer = {
            "",
            "Example:",
            "  faultline notify render --receiver console --config flink-conf/job.yaml --language zh"
        })
final class NotifyRenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ReceiverOptions options = new ReceiverOptions();

    @Option(names = "--language", paramLabel = "en|zh", description = "In place of the receiver's own.")
    private @Nullable Language language;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Why it is told, as opened (the default), resolved, repeated, escalated.")
    private NotifyReason reason = NotifyReason.OPENED;

    @Override
    public Integer call() throws Exception {
        NotifySettings settings = options.settings();
        ReceiverSettings receiver = options.in(settings);
        Clock clock = Clock.systemUTC();
        try (Channel channel = settings.open(receiver, language == null ? receiver.language() : language, clock)) {
            String preview = channel.preview(
                    TestNotice.sample(receiver.name(), reason, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
            spec.commandLine().getOut().println(preview.stripTrailing());
            return ExitCode.OK;
        }
    }
}
