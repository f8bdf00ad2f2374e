package io.faultline.cli;

import io.faultline.respond.notify.NotifySettings;
import io.faultline.respond.notify.ReceiverSettings;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Receipt;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code notify test}: one marked message to one receiver, now. */
@Command(
        name = "test",
        description = {
            "Sends one message, marked as a test, to one receiver, once, and tells what it answered.",
            "Ends with 1 where it was not delivered."
        },
        footer = {"", "Example:", "  faultline notify test --receiver console --config flink-conf/job.yaml"})
final class NotifyTestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ReceiverOptions options = new ReceiverOptions();

    @Override
    public Integer call() throws Exception {
        NotifySettings settings = options.settings();
        ReceiverSettings receiver = options.in(settings);
        Clock clock = Clock.systemUTC();
        PrintWriter err = spec.commandLine().getErr();
        try (Channel channel = settings.open(receiver, settings.wording(receiver), clock)) {
            Receipt receipt = channel.deliver(
                    TestNotice.test(receiver.name(), clock.instant().truncatedTo(ChronoUnit.SECONDS)));
            err.println(receiver.name() + ": " + words(receipt));
            return receipt instanceof Receipt.Delivered ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static String words(Receipt receipt) {
        String detail = receipt.detail().isEmpty() ? "" : " (" + receipt.detail() + ")";
        if (receipt instanceof Receipt.Delivered) {
            return "delivered" + detail;
        }
        return (receipt instanceof Receipt.Refused ? "refused" : "not delivered; it may work later") + detail;
    }
}
