package io.faultline.respond.notify.email;

import com.google.re2j.Pattern;
import io.faultline.model.ContentId;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.Wording;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.SendFailedException;
import java.time.Duration;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/**
 * Sends a notice as one mail. Its message id is made of the idempotency key, so that a mail which was sent twice around
 * a restart is shown once.
 */
public final class EmailChannel implements Channel {

    /** Replies from 500 on are final, those from 400 on ask for another attempt (RFC 5321, 4.2.1). */
    private static final int ID_BYTES = 16;

    private static final Pattern PERMANENT = Pattern.compile("(?s)5\\d\\d[ -].*");

    private final EmailSettings settings;
    private final Wording wording;
    private final Mailer mailer;

    /**
     * @param timeout for connecting, reading and writing, each
     */
    public EmailChannel(EmailSettings settings, Wording wording, Duration timeout) {
        this.settings = settings;
        this.wording = wording;
        var server = settings.username().isEmpty()
                ? MailerBuilder.withSMTPServer(settings.host(), settings.port())
                : MailerBuilder.withSMTPServer(
                        settings.host(),
                        settings.port(),
                        settings.username(),
                        settings.password().value());
        mailer = server.withTransportStrategy(strategy(settings.tls()))
                .withSessionTimeout(Math.toIntExact(timeout.toMillis()))
                .buildMailer();
    }

    @Override
    public Receipt deliver(Notice notice) {
        String id = messageId(notice.key());
        try {
            mailer.sendMail(email(notice, id), false).join();
            return new Receipt.Delivered(id);
        } catch (RuntimeException e) {
            return receipt(e);
        }
    }

    @Override
    public String preview(Notice notice) {
        Message message = wording.message(notice);
        return "From: " + settings.from() + "\nTo: " + String.join(", ", settings.to()) + "\nSubject: "
                + message.subject() + "\n\n" + text(message);
    }

    @Override
    public void close() {
        try {
            mailer.close();
        } catch (Exception e) {
            throw new IllegalStateException("the mailer does not close", e);
        }
    }

    private Email email(Notice notice, String id) {
        Message message = wording.message(notice);
        return EmailBuilder.startingBlank()
                .from(settings.from())
                .toMultiple(settings.to())
                .withSubject(message.subject())
                .withPlainText(text(message))
                .withHTMLText(HtmlText.of(message))
                .withHeader("X-Faultline-Incident", notice.incident().id())
                .fixingMessageId(id)
                .buildEmail();
    }

    private static String text(Message message) {
        return message.subject() + "\n\n" + message.text();
    }

    /** Connections fail and servers are busy; a password or an address that was refused will be refused again. */
    private static Receipt receipt(Throwable failure) {
        Throwable deepest = failure;
        boolean refused = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            deepest = cause;
            refused |= isFinal(cause);
        }
        String detail = deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
        return refused ? new Receipt.Refused(detail.strip()) : new Receipt.Unavailable(detail.strip());
    }

    /** Angus Mail puts the server's reply at the head of its message: {@code 550 5.1.1 No such user}. */
    private static boolean isFinal(Throwable failure) {
        String reply = failure instanceof SendFailedException ? failure.getMessage() : null;
        return failure instanceof AuthenticationFailedException || (reply != null && PERMANENT.matches(reply));
    }

    private static TransportStrategy strategy(EmailSettings.Tls tls) {
        return switch (tls) {
            case NONE -> TransportStrategy.SMTP;
            case STARTTLS -> TransportStrategy.SMTP_TLS;
            case SMTPS -> TransportStrategy.SMTPS;
        };
    }

    static String messageId(String key) {
        return "<" + ContentId.of(ID_BYTES, key) + "@faultline>";
    }
}
