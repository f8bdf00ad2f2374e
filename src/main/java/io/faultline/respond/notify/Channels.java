package io.faultline.respond.notify;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.console.ConsoleChannel;
import io.faultline.respond.notify.email.EmailChannel;
import io.faultline.respond.notify.webhook.WebhookChannel;
import java.time.Duration;
import java.util.Objects;

/** Opens the channel that a receiver's settings ask for. */
final class Channels {

    private Channels() {}

    static Channel open(ReceiverSettings receiver, Duration timeout) {
        return switch (receiver.channel()) {
            case CONSOLE ->
                new ConsoleChannel(
                        receiver.stream() == ReceiverSettings.Stream.STDOUT ? System.out : System.err,
                        receiver.language());
            case EMAIL -> new EmailChannel(Objects.requireNonNull(receiver.email()), receiver.language(), timeout);
            case WEBHOOK -> new WebhookChannel(Objects.requireNonNull(receiver.webhook()), timeout);
        };
    }
}
