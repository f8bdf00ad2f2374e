package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ParseFunctionTest {

    private static final String STEP = "[2026-03-01 10:00:00] iteration 7/ 100 | lm loss: 2.5E+00 |";

    @Test
    void remembersTimeAndFamilyOfAStreamAcrossARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            harness.processElement(line("train-llm", STEP), 0);
            snapshot = harness.snapshot(1, 1);
        }

        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(line("train-llm", "KeyError: 'label'"), 0);

            LogEvent event = harness.extractOutputValues().get(0);
            assertThat(event.timestamp()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(event.has(QualityMark.TIME_MISSING)).isTrue();
            assertThat(event.entity().job()).isEqualTo("train-llm");
        }
    }

    @Test
    void lendsNoTimeOfAWrongClockToTheLinesBehindIt() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(line("train-llm", STEP), 0);
            harness.processElement(line("train-llm", STEP.replace("2026", "3000")), 0);
            harness.processElement(line("train-llm", "KeyError: 'label'"), 0);
            harness.processElement(line("train-llm", STEP.replace("2026", "1970")), 0);
            harness.processElement(line("train-llm", "KeyError: 'label'"), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(event -> event.timestamp().toString())
                    .containsExactly(
                            "2026-03-01T10:00:00Z",
                            "3000-03-01T10:00:00Z",
                            "2026-03-01T10:00:00Z",
                            "1970-03-01T10:00:00Z",
                            "2026-03-01T10:00:00Z");
        }
    }

    @Test
    void placesALineWithoutATimeByWhenKafkaTookIt() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(fromKafka(STEP), at("2026-03-01T10:00:02Z"));
            // as in a file, where nothing tells how much later it was written
            harness.processElement(fromKafka("KeyError: 'label'"), at("2026-03-01T10:00:32Z"));
            harness.processElement(fromKafka("KeyError: 'label'"), at("2026-03-01T12:30:07Z"));
            // a broker's clock that goes back moves nothing
            harness.processElement(fromKafka("KeyError: 'label'"), at("2026-03-01T09:00:00Z"));

            assertThat(harness.extractOutputValues())
                    .extracting(event -> event.timestamp().toString())
                    .containsExactly(
                            "2026-03-01T10:00:00Z",
                            "2026-03-01T10:00:00Z",
                            "2026-03-01T12:30:05Z",
                            "2026-03-01T10:00:00Z");
            assertThat(harness.extractOutputValues().get(2).has(QualityMark.TIME_MISSING))
                    .isTrue();
        }
    }

    @Test
    void marksALineWithoutATimeBeforeALongPauseInItsFile() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(line("train-llm", STEP), 0);
            harness.processElement(before("2026-03-01T13:00:00Z", "KeyError: 'label'"), 0);
            harness.processElement(before("2026-03-01T13:00:00Z", STEP), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(event -> event.has(QualityMark.TIME_VAGUE))
                    .containsExactly(false, true, false);
            LogEvent vague = harness.extractOutputValues().get(1);
            assertThat(vague.timestamp()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(vague.attributes().get("not_after")).isEqualTo("2026-03-01T13:00:00Z");
        }
    }

    @Test
    void takesTheTimeOfSeeingWhereNeitherLineNorSourceHasOne() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(line("sft", "{'loss': 2.5, 'epoch': 0.1}"), TimestampAssigner.NO_TIMESTAMP);

            assertThat(harness.extractOutputValues().get(0).timestamp()).isEqualTo("2026-03-01T12:00:00Z");
        }
    }

    @Test
    void keepsItsMemoryWithoutKryo() {
        PojoTypeInfo<StreamMemory> memory = (PojoTypeInfo<StreamMemory>) TypeInformation.of(StreamMemory.class);

        assertThat(IntStream.range(0, memory.getArity())
                        .mapToObj(i -> memory.getPojoFieldAt(i).getTypeInformation()))
                .hasSize(6)
                .noneMatch(GenericTypeInfo.class::isInstance);
    }

    @Test
    void keepsStreamsApart() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(line("train-llm", STEP), 0);
            Instant arrival = Instant.parse("2026-03-01T11:59:00Z");
            harness.processElement(line("notes", "the meeting is moved"), arrival.toEpochMilli());

            LogEvent event = harness.extractOutputValues().get(1);
            assertThat(event.entity().job()).isNull();
            assertThat(event.timestamp()).isEqualTo(arrival);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
        }
    }

    @Test
    void forgetsAStreamThatWasSilentForMoreThanADay() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.setStateTtlProcessingTime(0);
            harness.processElement(line("train-llm", STEP), 0);
            harness.setStateTtlProcessingTime(Duration.ofDays(1).toMillis() + 1);
            harness.processElement(line("train-llm", "the meeting is moved"), 0);

            LogEvent event = harness.extractOutputValues().get(1);
            assertThat(event.entity().job()).isNull();
        }
    }

    @Test
    void sendsWhatIsMalformedAsideAndKeepsItsEvent() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(line("gateway", "{\"level\":\"info\",\"message\":\"cut"), 0);

            assertThat(harness.extractOutputValues()).hasSize(1);
            Rejected rejected =
                    harness.getSideOutput(ParseFunction.REJECTED).element().getValue();
            assertThat(rejected.stage()).isEqualTo("parse");
            assertThat(rejected.reason()).isEqualTo(Rejected.Reason.MALFORMED);
            assertThat(rejected.origin()).isEqualTo(Origin.file("logs/gateway.log", 1));
            assertThat(new String(rejected.payload(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("{\"level\":\"info\",\"message\":\"cut");
        }
    }

    private static TextLog line(String name, String text) {
        String file = "logs/" + name + ".log";
        Instant observed = Instant.parse("2026-03-01T12:00:00Z");
        return new TextLog(Origin.file(file, 1), observed, file, text, Attributes.NONE, false);
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static TextLog before(String next, String text) {
        String file = "logs/train-llm.log";
        Instant observed = Instant.parse("2026-03-01T14:00:00Z");
        return new TextLog(Origin.file(file, 2), observed, file, text, Attributes.of(RawLog.NOT_AFTER, next), false);
    }

    private static TextLog fromKafka(String text) {
        Instant observed = Instant.parse("2026-03-01T10:00:02Z");
        return new TextLog(Origin.kafka("logs", 0, 1), observed, "train-llm", text, Attributes.NONE, false);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, TextLog, LogEvent> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ParseFunction(ParseSettings.defaults())), TextLog::stream, Types.STRING);
    }
}
