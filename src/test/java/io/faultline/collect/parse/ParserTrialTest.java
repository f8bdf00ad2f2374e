package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import io.faultline.settings.Problems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserTrialTest {

    private static final String SHADOW =
            """
            format: shadow
            family: inference
            before: PLACE
            match: 'WARNING:root:{REST:message}'
            tests:
              - line: 'WARNING:root:disk is slow'
                event: {message: disk is slow}
            """;

    @Test
    void passesTheShippedExample() {
        Problems problems = new Problems();
        List<ParserFile> files = ParseSettings.parserFiles(List.of(Path.of("flink-conf/parsers")), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(files).isNotEmpty();
        for (ParserFile file : files) {
            assertThat(file.warnings()).isEmpty();
            assertThat(trial(file).run(file)).isNotEmpty().allMatch(ParserTrial.Result::passed);
        }
    }

    @Test
    void tellsEveryDifference() {
        ParserFile file = file(
                """
                format: acme
                match: 'acme {LEVEL:level} step={INT:step} on {NAME:node} by {WORD:owner}'
                kind: training.step
                tests:
                  - line: 'acme INFO step=3 on gpu-a1 by ann'
                    event:
                      kind: data.load
                      severity: warn
                      measures: {step: 4, loss: 1}
                      entity: {}
                      attributes: {owner: bob}
                  - line: 'acme INFO step=3 on gpu-a1 by ann'
                    event: none
                  - line: 'acme INFO step=x on gpu-a1 by ann'
                    event: {}
                """);

        List<ParserTrial.Result> results = trial(file).run(file);

        assertThat(results.get(0).place()).isEqualTo("acme.yaml:5");
        assertThat(results.get(0).differences())
                .containsExactly(
                        "kind: expected data.load, found training.step",
                        "severity: expected warn, found info",
                        "measures.step: expected 4, found 3.0",
                        "measures.loss: expected 1, found nothing",
                        "entity.node: expected nothing, found gpu-a1",
                        "attributes.owner: expected bob, found ann");
        assertThat(results.get(1).differences()).containsExactly("acme takes it, but must not");
        assertThat(results.get(2).differences())
                .containsExactly(
                        "no event of acme but of unknown: it reads \"acme INFO step=\", but \"x on gpu-a1 by ann\""
                                + " does not go on with {INT:step}");
    }

    @Test
    void asksAParserBeforeTheBuiltInOnesWhereItsFileSaysSo() {
        ParserFile first = file(SHADOW.replace("PLACE", "builtin"));
        ParserFile later = file(SHADOW.replace("PLACE", "generic"));

        assertThat(trial(first).run(first)).allMatch(ParserTrial.Result::passed);
        assertThat(trial(later).run(later)).allMatch(ParserTrial.Result::passed);
        List<String> formats = new LineParser(settings(first)).formats();
        assertThat(formats.indexOf("shadow")).isLessThan(formats.indexOf("vllm"));
        formats = new LineParser(settings(later)).formats();
        assertThat(formats.indexOf("shadow")).isBetween(formats.indexOf("xid"), formats.indexOf("python-logging"));
    }

    @Test
    void asksAParserThatStandsBeforeTheBuiltInOnesEvenWhereOneOfThoseIsRemembered() {
        ParserFile shadow = file(
                """
                format: shadow
                before: builtin
                match: 'INFO {MONTHDAY:time} [acme.py:{INT}] {REST:message}'
                tests:
                  - line: 'INFO 03-01 10:00:00 [acme.py:7] hello'
                    event: {}
                """);
        LineParser parser = new LineParser(settings(shadow));
        StreamMemory memory = parser.parse(
                        log("INFO 03-01 10:00:00 [core.py:7] hello"), StreamMemory.EMPTY, Instant.EPOCH)
                .memory();

        LogEvent event = parser.parse(log("INFO 03-01 10:00:00 [acme.py:7] hello"), memory, Instant.EPOCH)
                .event();

        assertThat(memory.format()).isEqualTo("vllm");
        assertThat(event.format()).isEqualTo("shadow");
    }

    @Test
    void travelsWithTheSettings() throws Exception {
        ParseSettings settings = settings(file(SHADOW.replace("PLACE", "builtin")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(settings);

        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read).isEqualTo(settings);
        assertThat(new LineParser((ParseSettings) read)
                        .parse(log("WARNING:root:disk"), StreamMemory.EMPTY, Instant.EPOCH)
                        .event()
                        .format())
                .isEqualTo("shadow");
    }

    @Test
    void explainsWhatEveryFormatHasToDoWithARecord() {
        LineParser parser = new LineParser(settings(file(SHADOW.replace("PLACE", "builtin"))));

        List<LineParser.Verdict> verdicts = parser.explain(log("WARNING:root:disk"), StreamMemory.EMPTY, Instant.EPOCH);

        assertThat(verdicts)
                .contains(
                        new LineParser.Verdict("shadow", true, ""),
                        new LineParser.Verdict(
                                "python-logging", false, "would read it too, but shadow is asked before"))
                .extracting(LineParser.Verdict::format)
                .isEqualTo(parser.formats());
        assertThat(verdicts).filteredOn(verdict -> !verdict.took()).allMatch(verdict -> !verdict.because()
                .isEmpty());
    }

    private static TextLog log(String text) {
        return new TextLog(Origin.stdin(1), Instant.parse("2026-03-02T00:00:00Z"), "-", text, Attributes.NONE, false);
    }

    private static ParserTrial trial(ParserFile file) {
        return new ParserTrial(settings(file));
    }

    private static ParseSettings settings(ParserFile file) {
        return new ParseSettings(ZoneOffset.UTC, List.of(file.definition()));
    }

    private static ParserFile file(String yaml) {
        Problems problems = new Problems();
        ParserFile file = ParserFile.parse("acme.yaml", yaml, problems);
        assertThat(problems.all()).isEmpty();
        return file;
    }
}
