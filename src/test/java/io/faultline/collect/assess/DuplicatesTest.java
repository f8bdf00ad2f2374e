package io.faultline.collect.assess;

import static io.faultline.collect.assess.EventBuilder.aStep;
import static io.faultline.collect.assess.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DuplicatesTest {

    private final Duplicates duplicates = new Duplicates();
    private long offset;

    @Test
    void knowsALineThatTheShipperSentTwice() {
        assertThat(isOneMore(anEvent().with("log.offset", "4096"))).isFalse();
        assertThat(isOneMore(anEvent().with("log.offset", "4200"))).isFalse();

        assertThat(isOneMore(anEvent().with("log.offset", "4096"))).isTrue();
        assertThat(isOneMore(anEvent().with("log.offset", "4200"))).isTrue();
    }

    @Test
    void takesOtherWordsInTheSamePlaceForARotatedFile() {
        assertThat(isOneMore(anEvent().with("log.offset", "0"))).isFalse();

        assertThat(isOneMore(anEvent().with("log.offset", "0").saying("a new file begins")))
                .isFalse();
    }

    @Test
    void leavesEqualLinesOfOneSecondAlone() {
        for (int i = 0; i < 8; i++) {
            assertThat(isOneMore(anEvent().saying("Loading checkpoint shards"))).isFalse();
        }
    }

    @Test
    void leavesEqualLinesOfOneMillisecondAlone() {
        Duration time = Duration.ofMillis(123);

        assertThat(isOneMore(anEvent().after(time).saying("DeepSpeed info"))).isFalse();
        assertThat(isOneMore(anEvent().after(time).saying("DeepSpeed info"))).isFalse();
    }

    @Test
    void knowsEqualLinesOfOneMicrosecond() {
        Duration time = Duration.ofNanos(123_456_000);

        assertThat(isOneMore(anEvent().after(time).saying("NVRM: Xid"))).isFalse();
        assertThat(isOneMore(anEvent().after(time).saying("NVRM: Xid"))).isTrue();
    }

    @Test
    void knowsAStepThatWasReadTwice() {
        assertThat(isOneMore(aStep(100))).isFalse();
        assertThat(isOneMore(aStep(200).after(Duration.ofSeconds(10)))).isFalse();

        assertThat(isOneMore(aStep(100))).isTrue();
    }

    @Test
    void leavesAStepAloneThatIsDoneAgainAfterARestart() {
        assertThat(isOneMore(aStep(100))).isFalse();

        assertThat(isOneMore(aStep(100).after(Duration.ofMinutes(9)))).isFalse();
    }

    @Test
    void leavesTheStepOfAnotherRankAlone() {
        assertThat(isOneMore(aStep(100).ofRank(0))).isFalse();

        assertThat(isOneMore(aStep(100).ofRank(1))).isFalse();
    }

    @Test
    void knowsAPlaceThatWasReadTwice() {
        LogEvent first = anEvent().at(Origin.kafka("logs", 0, 7)).saying("one").build();
        LogEvent second = anEvent().at(Origin.kafka("logs", 0, 8)).saying("two").build();
        duplicates.isOneMore(first);
        duplicates.isOneMore(second);

        assertThat(duplicates.isOneMore(first)).isTrue();
        assertThat(duplicates.isOneMore(second)).isTrue();
    }

    @Test
    void leavesPiecesOfOneLineAlone() {
        LogEvent piece = anEvent().at(Origin.file("logs/train-llm.log", 7)).build();

        assertThat(duplicates.isOneMore(piece)).isFalse();
        assertThat(duplicates.isOneMore(piece)).isFalse();
    }

    @Test
    void leavesTheLinesOfAFileAloneThatBeganAnew() {
        for (int i = 1; i <= 50; i++) {
            duplicates.isOneMore(anEvent()
                    .at(Origin.file("logs/train-llm.log", i))
                    .saying("before " + i)
                    .build());
        }

        for (int i = 1; i <= 50; i++) {
            assertThat(duplicates.isOneMore(anEvent()
                            .at(Origin.file("logs/train-llm.log", i))
                            .saying("after " + i)
                            .build()))
                    .isFalse();
        }
    }

    @Test
    void findsMostOfABatchOfTwoHundred() {
        for (int i = 0; i < 200; i++) {
            isOneMore(anEvent().with("log.offset", Integer.toString(100 * i)).saying("line " + i));
        }

        int found = 0;
        for (int i = 0; i < 200; i++) {
            found += isOneMore(anEvent()
                            .with("log.offset", Integer.toString(100 * i))
                            .saying("line " + i))
                    ? 1
                    : 0;
        }

        assertThat(found).isGreaterThan(80);
        assertThat(duplicates.hashes).hasSize(512);
    }

    private boolean isOneMore(EventBuilder event) {
        return duplicates.isOneMore(event.at(Origin.kafka("logs", 0, offset++)).build());
    }
}
