package io.faultline.respond.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.route.Labels;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void readsWhatSomebodySaid() {
        Command ack = CommandReader.read(
                "ack/8c5f", "{\"author\": \"ann\", \"reason\": \"on it\", \"at\": \"2026-03-01T11:58:00Z\"}", NOW);
        Command verdict = CommandReader.read("verdict/8c5f/bob", "{\"author\": \"bob\", \"verdict\": \"noise\"}", NOW);

        assertThat(ack.kind()).isEqualTo(Command.Kind.ACK);
        assertThat(ack.target()).isEqualTo("8c5f");
        assertThat(ack.at()).isEqualTo("2026-03-01T11:58:00Z");
        assertThat(verdict.target()).isEqualTo("8c5f");
        assertThat(verdict.word()).isEqualTo("noise");
        assertThat(verdict.at()).isEqualTo(NOW);
        assertThat(CommandReader.read("ack/8c5f", "", NOW).isTakenBack()).isTrue();
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> CommandReader.read("verdict/", "{\"verdict\": \"perhaps\", \"at\": \"noon\"}", NOW))
                .hasMessageContaining("\"verdict/\" names nothing")
                .hasMessageContaining("author: is missing")
                .hasMessageContaining("\"perhaps\" is not one of right, wrong, noise")
                .hasMessageContaining("\"noon\" is no time");
        assertThatThrownBy(() -> CommandReader.read("ack/a", "[1", NOW)).hasMessageContaining("is no JSON");
    }

    @Test
    void refusesASilenceThatWouldKeepAllQuietOrNeverEnds() {
        assertThatThrownBy(() -> CommandReader.read(
                        "silence/s1",
                        "{\"id\": \"s1\", \"author\": \"ann\", \"reason\": \"r\", \"matchers\": [], \"untill\": 1}",
                        NOW))
                .hasMessageContaining("matchers: needs at least one condition")
                .hasMessageContaining("ends: is missing")
                .hasMessageContaining("untill: unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T01:59:59Z, false", // Sunday
        "2026-03-01T23:00:00Z, true",
        "2026-03-02T00:30:00Z, true", // it began on Sunday
        "2026-03-02T01:00:00Z, false",
        "2026-03-02T23:30:00Z, false",
        "2026-03-29T22:30:00Z, true", // Berlin has summer time by now: its clocks say 00:30 of Monday
        "2026-03-29T23:30:00Z, true",
        "2026-03-30T00:30:00Z, false",
    })
    void keepsToTheClockOfItsPlace(Instant now, boolean covers) {
        Silence silence = Silence.parse(
                """
                {"id": "nightly", "matchers": ["node=gpu-a1"], "author": "ann", "reason": "firmware",
                 "weekly": {"days": ["sun"], "from": "23:30", "to": "02:00", "time-zone": "Europe/Berlin"}}""");

        assertThat(silence.covers(Labels.of(SampleIncidents.gpuFellOffTheBus()), now))
                .isEqualTo(covers);
    }

    @Test
    void tellsWhatIsWrongWithATimeOfTheWeek() {
        assertThatThrownBy(
                        () -> Silence.parse(
                                """
                        {"id": "x", "matchers": ["node=gpu-a1"], "author": "ann", "reason": "r",
                         "weekly": {"days": ["someday"], "from": "25:00", "time-zone": "Mars/Base"}}"""))
                .hasMessageContaining("\"someday\" is no day")
                .hasMessageContaining("\"25:00\" is no time of the day")
                .hasMessageContaining("weekly.to: is missing")
                .hasMessageContaining("\"Mars/Base\" is no time zone");
    }
}
