package io.faultline.collect.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Attributes;
import io.faultline.settings.Problems;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserParserTest {

    private static final ParseContext CONTEXT = new ParseContext(
            Instant.parse("2026-03-02T00:00:00Z"), new Timestamps(ZoneOffset.UTC), Attributes.NONE, StreamMemory.EMPTY);

    @Test
    void putsAFieldWhereItsNameBelongs() {
        ParseResult.Parsed event = read(
                "match: '{TIMESTAMP:time} {LEVEL:level} {NAME:node} step={INT:step} by {WORD:owner}: {REST:message}'",
                "2026-03-01 10:00:00 warn gpu-a1 step=7 by ann: slow");

        assertThat(event.timestamp()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(event.severityNumber()).isEqualTo(13);
        assertThat(event.severityText()).isEqualTo("warn");
        assertThat(event.entity().node()).isEqualTo("gpu-a1");
        assertThat(event.measures().toMap()).containsExactly(java.util.Map.entry("step", 7.0));
        assertThat(event.attributes().toMap()).containsExactly(java.util.Map.entry("owner", "ann"));
        assertThat(event.message()).isEqualTo("slow");
    }

    @Test
    void keepsTheWholeRecordWithTheLinesThatContinueIt() {
        ParseResult.Parsed event = read("match: 'acme {WORD:what}'", "acme failed\n  at a.py:1\n  at b.py:2");

        assertThat(event.message()).isEqualTo("acme failed\n  at a.py:1\n  at b.py:2");
        assertThat(event.attributes().get("what")).isEqualTo("failed");
    }

    @Test
    void keepsAsTextWhatIsNoNumber() {
        ParseResult.Parsed event = read("match: 'acme loss={NOTSPACE:loss}'", "acme loss=n.d.");

        assertThat(event.measures().isEmpty()).isTrue();
        assertThat(event.attributes().get("loss")).isEqualTo("n.d.");
    }

    @Test
    void leavesAMeasureOutThatTheLineSaysIsNotThere() {
        ParseResult.Parsed event = read("match: 'acme loss={NUMBER:loss}'", "acme loss=N/A");

        assertThat(event.measures().isEmpty()).isTrue();
        assertThat(event.attributes().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "acme ok 200,log.other,9",
        "acme slow 200,request.error,13",
        "acme ok 499,log.other,9",
        "acme ok 500,request.error,17",
        "acme ok 599,request.error,17",
        "acme ok 600,log.other,9",
        "acme OOM 200,memory.exhausted,21",
        "acme ok 200 retried,health.check,9",
    })
    void takesTheFirstKindWhoseConditionsHold(String line, String kind, int severity) {
        ParseResult.Parsed event = read(
                """
                match: 'acme {WORD:state} {INT:status_code}{? {WORD:note}?}'
                kinds:
                  - when: {state: [slow, late]}
                    kind: request.error
                    severity: warn
                  - when: {state: {matches: '^O+M$'}}
                    kind: memory.exhausted
                    severity: fatal
                  - when: {status_code: {from: 500, below: 600}, note: {present: false}}
                    kind: request.error
                    severity: error
                  - when: {note: retried}
                    kind: health.check
                """,
                line);

        assertThat(event.kind().id()).isEqualTo(kind);
        assertThat(event.severityNumber()).isEqualTo(severity);
    }

    @Test
    void readsTheFormatsOwnWordsForASeverity() {
        String yaml =
                """
                match: 'acme {NOTSPACE:lvl} {REST:message}'
                severity: {field: lvl, words: {'!!': error, N: info}}
                """;

        assertThat(read(yaml, "acme !! disk").severityNumber()).isEqualTo(17);
        assertThat(read(yaml, "acme W disk").severityNumber()).isEqualTo(13);
        assertThat(read(yaml, "acme ?? disk").severityNumber()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy HH:mm:ss | 01/03/2026 10:00:00 | 2026-03-01T09:00:00Z",
                "yyyyMMdd'T'HHmmss | 20260701T100000 | 2026-07-01T08:00:00Z",
                "dd MMM HH:mm:ss | 31 Dec 10:00:00 | 2025-12-31T09:00:00Z",
                "hh:mm:ss a | 11:30:00 PM | 2026-03-01T22:30:00Z",
                "yyyy-MM-dd HH:mm:ssXXX | 2026-03-01 10:00:00-05:00 | 2026-03-01T15:00:00Z",
                "EEE d MMM yyyy HH:mm[:ss] | Sun 1 Mar 2026 10:00 | 2026-03-01T09:00:00Z",
            })
    void readsATimeByTheFilesOwnLayoutAndZone(String layout, String written, String expected) {
        ParseResult.Parsed event = read(
                "match: 'acme {TIMESTAMP:time} up'\ntime: {layout: \"" + layout + "\", zone: Europe/Paris}",
                "acme " + written + " up");

        assertThat(event.timestamp()).isEqualTo(expected);
    }

    @Test
    void triesItsPatternsInTheirOrder() {
        String yaml =
                """
                match: ['acme {INT:step}', 'acme {WORD:what}']
                pattern: 'acme (?P<first>\\w+) %{INT:step}'
                """;

        assertThat(read(yaml, "acme 7").measures().getOr("step", -1)).isEqualTo(7);
        assertThat(read(yaml, "acme up").attributes().get("what")).isEqualTo("up");
        assertThat(read(yaml, "acme up 8").attributes().get("first")).isEqualTo("up");
    }

    @Test
    void refusesARecordThatLacksItsTextsBeforeAnyPatternIsTried() {
        List<FormatParser> parsers =
                parsers("match: 'acme step={INT:step} took {DURATION:step_time_seconds}'", "match: 'zeta {INT:step}'");

        assertThat(parsers.get(0).mayRead("acme step=x took ages")).isTrue();
        assertThat(parsers.get(0).mayRead("acme took step")).isFalse();
        assertThat(parsers.get(1).mayRead("acme took step")).isFalse();
        assertThat(parsers.get(1).mayRead("zeta x")).isTrue();
        assertThat(parsers.get(0).whyNot("acme took step", CONTEXT)).isEqualTo("it lacks \"step=\"");
    }

    @Test
    void readsLinesOfHostileLengthInLinearTime() {
        FormatParser parser =
                parsers("match: 'acme {TEXT:a} {TEXT:b} {TEXT:c}= end'").get(0);

        String text = "acme " + "= en ".repeat(20_000);

        assertThat(parser.parse(text, CONTEXT)).isSameAs(ParseResult.UNRECOGNISED);
    }

    private static ParseResult.Parsed read(String yaml, String line) {
        FormatParser parser = parsers(yaml).get(0);
        assertThat(parser.mayRead(line)).isTrue();
        return (ParseResult.Parsed) parser.parse(line, CONTEXT);
    }

    private static List<FormatParser> parsers(String... yamls) {
        List<ParserDefinition> definitions = new ArrayList<>();
        for (String yaml : yamls) {
            String text = "format: acme-" + definitions.size() + "\n" + yaml + "\ntests: [{line: x, event: {}}]\n";
            Problems problems = new Problems();
            definitions.add(ParserFile.parse("acme.yaml", text, problems).definition());
            assertThat(problems.all()).isEmpty();
        }
        return new UserFormats(definitions, ZoneOffset.UTC).beforeGeneric();
    }
}
