package io.faultline.respond.notify.email;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.ChannelSettings;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.util.List;

/**
 * Where and how mail goes out.
 *
 * @param host the SMTP server
 * @param port its port: 25 in the house, 587 for {@code starttls}, 465 for {@code smtps}
 * @param tls how the connection is protected; the server's certificate and name are checked
 * @param username the account; empty where the server wants none
 * @param password the account's password, by {@code password-env} or {@code password-file}
 * @param from the sender's address
 * @param to the addresses that get the mail
 */
public record EmailSettings(
        String host, int port, Tls tls, String username, Secret password, String from, List<String> to)
        implements ChannelSettings {

    public EmailSettings {
        to = List.copyOf(to);
    }

    /** How the connection is protected. */
    public enum Tls {
        NONE,
        /** Begins in the clear and must change over. */
        STARTTLS,
        /** Protected from the first byte. */
        SMTPS;

        int defaultPort() {
            return switch (this) {
                case NONE -> 25;
                case STARTTLS -> 587;
                case SMTPS -> 465;
            };
        }
    }

    public static EmailSettings read(SettingsReader reader) {
        Tls tls = reader.choice("tls", Tls.STARTTLS, Tls.class);
        EmailSettings read = new EmailSettings(
                reader.requiredText("host"),
                reader.number("port", tls.defaultPort(), 1, 65_535),
                tls,
                reader.text("username", ""),
                reader.secret("password"),
                reader.requiredText("from"),
                reader.texts("to", List.of()));
        if (read.to.isEmpty()) {
            reader.problem("to", "needs at least one address");
        }
        read.to.stream()
                .filter(address -> !isAddress(address))
                .forEach(address -> reader.problem("to", "\"" + address + "\" is no mail address"));
        if (!read.from.isEmpty() && !isAddress(read.from)) {
            reader.problem("from", "\"" + read.from + "\" is no mail address");
        }
        if (tls == Tls.NONE && !read.username.isEmpty()) {
            reader.problem(
                    "tls", "must be starttls or smtps where a username is given: the password would be readable");
        }
        return read;
    }

    @Override
    public Channel open(ChannelContext context) {
        return new EmailChannel(this, context.wording(), context.timeout());
    }

    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        return at > 0
                && at == text.lastIndexOf('@')
                && at < text.length() - 1
                && text.chars().allMatch(c -> c > ' ');
    }
}
