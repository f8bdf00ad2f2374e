package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.generic.GenericFormats;
import io.faultline.collect.parse.inference.InferenceFormats;
import io.faultline.collect.parse.platform.PlatformFormats;
import io.faultline.collect.parse.training.TrainingFormats;
import io.faultline.model.TextLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskOrderTest {

    private final List<FormatParser> parsers = new ArrayList<>();
    private final AskOrder order;

    AskOrderTest() {
        parsers.addAll(InferenceFormats.all());
        parsers.addAll(TrainingFormats.all());
        parsers.addAll(PlatformFormats.all());
        parsers.addAll(GenericFormats.all((text, context) -> ParseResult.UNRECOGNISED));
        parsers.addAll(TrainingFormats.withoutHead());
        order = new AskOrder(parsers);
    }

    @Test
    void leavesOutNoParserThatMayRead() throws IOException {
        for (Path file : GoldenFile.all()) {
            for (TextLog record : GoldenFile.read(file).records()) {
                for (int start = 0; start < Math.min(record.text().length(), 60); start++) {
                    assertNoneIsLeftOut(record.text().substring(start));
                }
                for (char first = 1; first < 128; first++) {
                    assertNoneIsLeftOut(first + record.text().substring(1));
                    assertNoneIsLeftOut(first + record.text());
                }
            }
        }
    }

    @Test
    void asksInTheOrderThatWasGiven() {
        assertThat(order.of("[2026-03-01 10:00:00] text"))
                .containsSubsequence(named("sglang"), named("nemo"), named("ucx"), named("python-logging"));
    }

    @Test
    void asksFewAboutARecordWithAnOddBeginning() {
        assertThat(order.of("~ text").length).isLessThan(parsers.size() / 2);
    }

    @Test
    void asksAllAboutWhatBeginsWithNoAsciiCharacter() {
        assertThat(order.of("é")).containsExactlyElementsOf(parsers);
        assertThat(order.of("")).containsExactlyElementsOf(parsers);
    }

    private void assertNoneIsLeftOut(String text) {
        List<FormatParser> asked = List.of(order.of(text));
        for (FormatParser parser : parsers) {
            if (parser.mayRead(text) && !asked.contains(parser)) {
                throw new AssertionError(parser.name() + " is not asked about: " + text);
            }
        }
    }

    private FormatParser named(String name) {
        FormatParser parser = order.named(name);
        assertThat(parser).isNotNull();
        return parser;
    }
}
