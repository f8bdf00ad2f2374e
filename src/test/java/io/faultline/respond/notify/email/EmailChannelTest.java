package io.faultline.respond.notify.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContract;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.wording.TemplateWording;
import io.faultline.settings.Secret;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailChannelTest extends ChannelContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final GreenMail server =
            new GreenMail(new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsTextAndHtmlWithAMessageIdOfTheKey() throws Exception {
        try (Channel channel = channel()) {
            channel.deliver(SampleIncidents.opened("ops"));
            channel.deliver(SampleIncidents.opened("ops"));
        }

        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails[0].getMessageID()).isEqualTo(mails[1].getMessageID()).matches("<[0-9a-f]{32}@faultline>");
        assertThat(mails[0].getSubject())
                .isEqualTo("[critical] new incident: GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died");
        assertThat(mails[0].getHeader("X-Faultline-Incident")).containsExactly("8c5f0a12b3d4e5f6");
        assertThat(parts(mails[0], "text/plain")).singleElement().asString().contains("Drain gpu-a1 and reboot it");
        assertThat(parts(mails[0], "text/html"))
                .singleElement()
                .asString()
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "<html lang=\"en\">")
                .doesNotContain("<script>");
    }

    @Test
    void sendsToEveryAddressInOneMail() throws Exception {
        EmailSettings two = new EmailSettings(
                "127.0.0.1",
                port(),
                EmailSettings.Tls.NONE,
                "",
                new Secret(""),
                "faultline@example.org",
                List.of("ops@example.org", "night@example.org"));
        try (Channel channel = new EmailChannel(two, TemplateWording.in(Language.ZH), TIMEOUT)) {
            channel.deliver(SampleIncidents.opened("ops"));
        }

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(2);
        assertThat(mail.getSubject()).startsWith("[严重] 新事件: ");
    }

    @Test
    void logsInWithItsPassword() throws Exception {
        server.setUser("ops@example.org", "ops", "right");

        assertThat(receiptWith("right")).isInstanceOf(Receipt.Delivered.class);
    }

    @Test
    void aRefusedPasswordIsNotTriedAgain() throws Exception {
        server.setUser("ops@example.org", "ops", "right");

        assertThat(receiptWith("wrong")).isInstanceOf(Receipt.Refused.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "451 4.7.1 Greylisted, Unavailable",
        "452 4.3.1 Out of space, Unavailable",
        "550 5.1.1 No such user, Refused"
    })
    void triesAgainWhereTheServerAsksForIt(String reply, String receipt) throws Exception {
        try (SmtpRefuser refuser = new SmtpRefuser(reply);
                Channel channel =
                        new EmailChannel(settings(refuser.port(), "", ""), TemplateWording.in(Language.EN), TIMEOUT)) {
            Receipt given = channel.deliver(SampleIncidents.opened("ops"));

            assertThat(given.getClass().getSimpleName()).isEqualTo(receipt);
            assertThat(given.detail()).contains(reply);
        }
    }

    @Test
    void doesNotTrustACertificateThatNobodySigned() throws Exception {
        EmailSettings smtps = new EmailSettings(
                "127.0.0.1",
                server.getSmtps().getPort(),
                EmailSettings.Tls.SMTPS,
                "",
                new Secret(""),
                "faultline@example.org",
                List.of("ops@example.org"));
        try (Channel channel = new EmailChannel(smtps, TemplateWording.in(Language.EN), TIMEOUT)) {
            Receipt receipt = channel.deliver(SampleIncidents.opened("ops"));

            assertThat(receipt).isInstanceOf(Receipt.Unavailable.class);
            assertThat(receipt.detail()).containsIgnoringCase("certif");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Override
    protected Channel channel() {
        return new EmailChannel(settings(port(), "", ""), TemplateWording.in(Language.EN), TIMEOUT);
    }

    @Override
    protected Channel channelToNobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new EmailChannel(settings(socket.getLocalPort(), "", ""), TemplateWording.in(Language.EN), TIMEOUT);
        }
    }

    @Override
    protected List<String> received() throws Exception {
        List<String> received = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            assertThat(mail.getHeader("Bcc")).isNull();
            received.add(mail.getSubject() + "\n" + String.join("\n", parts(mail, "text/plain")));
        }
        return received;
    }

    private static ServerSetup setup(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(60_000); // its 2 s are too few on a busy machine
        return setup;
    }

    private Receipt receiptWith(String password) {
        try (Channel channel =
                new EmailChannel(settings(port(), "ops", password), TemplateWording.in(Language.EN), TIMEOUT)) {
            return channel.deliver(SampleIncidents.opened("ops"));
        } catch (Exception e) {
            throw new AssertionError("a channel throws nothing", e);
        }
    }

    private int port() {
        return server.getSmtp().getPort();
    }

    private static EmailSettings settings(int port, String user, String password) {
        return new EmailSettings(
                "127.0.0.1",
                port,
                EmailSettings.Tls.NONE,
                user,
                new Secret(password),
                "faultline@example.org",
                List.of("ops@example.org"));
    }

    private static List<String> parts(jakarta.mail.Part part, String type) throws Exception {
        List<String> texts = new ArrayList<>();
        if (part.isMimeType(type)) {
            texts.add(part.getContent().toString());
        } else if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart inner = multipart.getBodyPart(i);
                texts.addAll(parts(inner, type));
            }
        }
        return texts;
    }
}
