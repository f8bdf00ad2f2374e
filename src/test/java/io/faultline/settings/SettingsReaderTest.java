package io.faultline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

    private final Problems problems = new Problems();

    @Test
    void readsTypedValues() {
        SettingsReader reader =
                reader("warm-up: 12\nsettle: 90s\nratio: 0.5\ncolour: dark-red\nhosts: [a, b]\non: true");

        assertThat(reader.number("warm-up", 1, 1, 100)).isEqualTo(12);
        assertThat(reader.duration("settle", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(reader.decimal("ratio", 0, 0, 1)).isEqualTo(0.5);
        assertThat(reader.choice("colour", Colour.BLUE, Colour.class)).isEqualTo(Colour.DARK_RED);
        assertThat(reader.texts("hosts", List.of())).containsExactly("a", "b");
        assertThat(reader.flag("on", false)).isTrue();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void tellsAllProblemsAtOnceWithPathAndWhatIsAccepted() {
        SettingsReader notify = reader("respond:\n  notify:\n    chanels: []\n    repeat: soon\n    attempts: 99")
                .group("respond")
                .group("notify");

        notify.list("channels");
        notify.duration("repeat", Duration.ofHours(1));
        notify.number("attempts", 3, 1, 10);
        notify.finish();

        assertThat(problems.all())
                .containsExactly(
                        "respond.notify.repeat: \"soon\" is not a duration as 500ms, 30s, 10m, 2h or 7d",
                        "respond.notify.attempts: \"99\" is not a whole number from 1 to 10",
                        "respond.notify.chanels: unknown, did you mean \"channels\"?");
    }

    @Test
    void refusesASecretInTheFile() {
        SettingsReader reader = reader("password: hunter2");

        Secret secret = reader.secret("password");

        assertThat(secret.value()).isEmpty();
        assertThat(problems.all())
                .containsExactly(
                        "password: a secret does not belong into this file; set password-env or password-file");
    }

    @Test
    void takesASecretFromTheEnvironmentAndNeverPrintsIt() {
        SettingsReader reader = reader("password-env: SMTP_PASSWORD");

        Secret secret = reader.secret("password");

        assertThat(secret.value()).isEqualTo("from-the-environment");
        assertThat(secret).hasToString("***");
    }

    @Test
    void tellsWhereYamlIsBroken() {
        assertThatThrownBy(() -> YamlFile.parse("job.yaml", "a: [1, 2"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("1 problem in job.yaml")
                .hasMessageContaining("line ");
    }

    @Test
    void tellsAKeyThatIsThereTwice() {
        assertThatThrownBy(() -> YamlFile.parse("job.yaml", "a: 1\na: 2")).hasMessageContaining("Duplicate");
    }

    private SettingsReader reader(String yaml) {
        return new SettingsReader(
                YamlFile.parse("test", yaml), problems, Map.of("SMTP_PASSWORD", "from-the-environment"));
    }

    enum Colour {
        BLUE,
        DARK_RED
    }
}
