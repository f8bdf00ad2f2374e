package io.faultline.respond.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.MentionSettings;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.email.EmailSettings;
import io.faultline.respond.notify.slack.SlackSettings;
import io.faultline.respond.notify.webhook.WebhookSettings;
import io.faultline.settings.Problems;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySettingsTest {

    private final Problems problems = new Problems();

    @Test
    void readsReceiversOfEveryChannel() throws Exception {
        NotifySettings settings = read(
                """
                receivers:
                  - {name: terminal, channel: console, stream: stderr}
                  - {name: ops, channel: email, language: zh, min-severity: high, host: mail.example.org, tls: smtps,
                     username: faultline, password-env: MAIL_PASSWORD, from: faultline@example.org, to: [ops@example.org]}
                  - {name: pager, channel: webhook, send-resolved: false, url-env: PAGER_URL, secret-env: PAGER_SECRET}
                delivery: {max-attempts: 2}
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(settings.receivers()).extracting(ReceiverSettings::name).containsExactly("terminal", "ops", "pager");
        assertThat(settings.receivers().get(1).channel()).isInstanceOfSatisfying(EmailSettings.class, email -> {
            assertThat(email.port()).isEqualTo(465);
            assertThat(email.password().value()).isEqualTo("hunter2");
        });
        assertThat(settings.receivers().get(1).language()).isEqualTo(Language.ZH);
        assertThat(settings.receivers().get(1).minSeverity()).isEqualTo(Level.HIGH);
        assertThat(settings.receivers().get(2).channel())
                .isEqualTo(new WebhookSettings(new Secret("https://pager.example.org/x"), new Secret("s")));
        assertThat(settings.delivery().maxAttempts()).isEqualTo(2);
        assertThat(settings.toString()).doesNotContain("hunter2").doesNotContain("pager.example.org");
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(settings);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        read(
                """
                receivers:
                  - {name: ops, channel: emial}
                  - {name: ops, channel: webhook, url: "ftp://example.org"}
                  - {name: mail, channel: email, host: h, tls: none, username: u, password: secret, from: nobody}
                """);

        assertThat(problems.all())
                .anyMatch(problem -> problem.startsWith("receivers[0].channel: \"emial\" is not one of"))
                .contains("receivers: two have the name \"ops\"")
                .contains("receivers[1].url: is no http or https URL")
                .contains("receivers[2].to: needs at least one address")
                .contains("receivers[2].from: \"nobody\" is no mail address")
                .anyMatch(problem -> problem.startsWith("receivers[2].password: a secret does not belong"))
                .anyMatch(problem -> problem.startsWith("receivers[2].tls: must be starttls or smtps"));
    }

    @Test
    void readsTemplatesBesideTheSettings(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("oncall.yaml"), "subject: \"{{title}}\"\n");
        Files.writeString(directory.resolve("broken.yaml"), "words: {low: P3}\nsubject: \"{{tilte}}\"\n");

        NotifySettings settings = read(
                """
                receivers:
                  - {name: a, channel: console, message-template: oncall.yaml}
                  - {name: b, channel: console, message-template: broken.yaml, language: zh}
                  - {name: c, channel: webhook, url: "https://a.example.org", message-template: oncall.yaml}
                """,
                directory.resolve("job.yaml"));

        assertThat(settings.receivers().get(0).template().subject()).isEqualTo("{{title}}");
        assertThat(problems.all())
                .containsExactly(
                        "receivers[1].message-template: " + directory
                                + "/broken.yaml:2: subject: there is no field \"tilte\", did you mean \"title\"?",
                        "receivers[2].message-template: means nothing here: this channel is not told in these words");
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(settings);
    }

    @Test
    void readsRatesAndFallbacks() {
        NotifySettings settings = read(
                """
                receivers:
                  - {name: group, channel: wecom, url: "https://a.example.org", fallback: hook}
                  - {name: hook, channel: webhook, url: "https://a.example.org", rate: 3/s, quota: 1000}
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(settings.receivers())
                .extracting(ReceiverSettings::rate)
                .containsExactly(Rate.perMinute(20), new Rate(3, Duration.ofSeconds(1)));
        assertThat(settings.receivers()).extracting(ReceiverSettings::fallback).containsExactly("hook", "");
        assertThat(settings.asyncTimeout())
                .isEqualTo(settings.delivery().total().plusSeconds(70));
    }

    @Test
    void tellsWhatAChannelCanNotDoWithout() {
        read(
                """
                receivers:
                  - {name: pager, channel: pagerduty}
                  - {name: phone, channel: sms-aliyun, account: a, token-env: MAIL_PASSWORD, template: t, sign-name: s,
                     variables: [tilte], to: ["13800000000"]}
                  - {name: am, channel: alertmanager, url: "http://a.example.org", labels: [team], hold: 1s}
                links: {kibana: "kibana/{incident}"}
                """);

        assertThat(problems.all())
                .containsExactly(
                        "receivers[0].routing-key-env: is missing; it or routing-key-file must be given",
                        "receivers[1].variables: \"tilte\" is not one of severity, title, where, incident",
                        "receivers[1].to: \"138…00\" is not as +8613800000000",
                        "receivers[2].labels: \"team\" is not as team=training",
                        "receivers[2].hold: must be at least 1m",
                        "links.kibana: is no http or https URL");
    }

    @Test
    void tellsWhoCanNotBeMentioned() {
        NotifySettings settings = read(
                """
                receivers:
                  - {name: a, channel: slack, url: "https://a.example.org", mention: [U024BE7LH, ann, here], mention-from: critical}
                  - {name: b, channel: feishu, url: "https://a.example.org", mention: [ann@example.org]}
                  - {name: c, channel: wecom, url: "https://a.example.org", mention: ["a> <@all"]}
                  - {name: d, channel: console, mention: [ann]}
                """);

        assertThat(settings.receivers().get(0).channel())
                .isEqualTo(new SlackSettings(
                        new Secret("https://a.example.org"),
                        new MentionSettings(List.of("U024BE7LH", "ann", "here"), Level.CRITICAL)));
        assertThat(problems.all())
                .containsExactly(
                        "receivers[0].mention: \"ann\" is not a member's id as U024BE7LH, a user group's as S0614TZR7,"
                                + " here, channel or everyone",
                        "receivers[1].mention: \"ann@example.org\" is not an open id as ou_7d8a6e6d, a user id, or all",
                        "receivers[2].mention: \"a> <@all\" is not a user id, a telephone number as 13800000000, or"
                                + " all",
                        "receivers[3].mention: unknown");
    }

    @Test
    void tellsFallbacksThatLeadNowhere() {
        read(
                """
                receivers:
                  - {name: a, channel: console, fallback: b}
                  - {name: b, channel: console, fallback: a}
                  - {name: c, channel: console, fallback: a}
                  - {name: d, channel: console, fallback: operatoins}
                  - {name: operations, channel: console, rate: often}
                """);

        assertThat(problems.all())
                .containsExactly(
                        "receivers[4].rate: \"often\" is not as 20/min, 1/s or 100/h",
                        "receivers: a falls back to itself in the end",
                        "receivers: b falls back to itself in the end",
                        "receivers: d falls back to \"operatoins\", which is no receiver, did you mean"
                                + " \"operations\"?");
    }

    private NotifySettings read(String yaml) {
        return read(yaml, Path.of("job.yaml"));
    }

    private NotifySettings read(String yaml, Path file) {
        SettingsReader reader = new SettingsReader(
                YamlFile.parse("job.yaml", yaml),
                problems,
                Map.of("MAIL_PASSWORD", "hunter2", "PAGER_URL", "https://pager.example.org/x", "PAGER_SECRET", "s"),
                file);
        NotifySettings settings = NotifySettings.read(reader);
        reader.finish();
        return settings;
    }
}
