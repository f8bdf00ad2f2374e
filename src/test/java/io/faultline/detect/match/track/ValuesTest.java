package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.NewValuePattern;
import io.faultline.detect.match.rule.RarePattern;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private final TrackBench<ValuesState> news = new TrackBench<>(
            SampleRules.rule(
                    "new-error",
                    """
                    kind: new-value
                    match: kind == 'process.traceback'
                    field: attributes.error
                    learn: 1h
                    forget: 10h
                    """),
            NewValuePattern.class,
            NewValueTracker::new);

    private final TrackBench<ValuesState> rare = new TrackBench<>(
            SampleRules.rule(
                    "rare-error",
                    """
                    kind: rare
                    match: kind == 'process.traceback'
                    field: attributes.error
                    share: 0.05
                    after: 100
                    """),
            RarePattern.class,
            RareTracker::new);

    @Test
    void learnsFirstAndThenTellsEachNewValueOnce() {
        news.send(error(0, "KeyError"))
                .send(error(3599, "OSError"))
                .send(error(3600, "OSError"))
                .send(error(3601, "ValueError"))
                .send(error(3602, "ValueError"))
                .send(error(3603, "KeyError"));

        assertThat(news.foundAt()).containsExactly(3601L);
        assertThat(news.reasons()).containsExactly("error: observed ValueError, which is none of the 2 known values");
    }

    @Test
    void aValueThatDidNotComeForLongIsNewAgain() {
        news.send(error(0, "KeyError"));
        for (int second = 1; second < 50_000; second += 1000) {
            news.send(error(second, "OSError"));
        }
        news.send(error(50_000, "KeyError"));

        assertThat(news.foundAt()).containsExactly(50_000L);
    }

    @Test
    void ofManyValuesTheOldestGo() {
        for (int i = 0; i < 1500; i++) {
            news.send(error(i, "Error" + i));
        }
        news.send(error(4000, "Error1499")).send(error(4001, "Error500")).send(error(4002, "Error499"));

        // 500 is the oldest of the thousand that are known.
        assertThat(news.foundAt()).containsExactly(4002L);
        assertThat(news.state("job=train-llm").hashes()).hasSize(ValuesState.MOST);
    }

    @Test
    void forgetsASilentGroup() {
        news.send(error(0, "KeyError")).until(35_999);
        assertThat(news.groups()).isOne();

        assertThat(news.until(36_000).groups()).isZero();
    }

    @Test
    void tellsAValueThatFewEventsHave() {
        for (int i = 0; i < 99; i++) {
            rare.send(error(i, i == 50 ? "OSError" : "KeyError"));
        }
        rare.send(error(99, "ValueError")).send(error(100, "OSError")).send(error(101, "KeyError"));

        // The hundredth event is counted only.
        assertThat(rare.foundAt()).containsExactly(100L);
        assertThat(rare.reasons())
                .containsExactly("error: observed OSError, 2 of 101 events; less than 0.05 of them is told");
    }

    @Test
    void whatWasUsualLongAgoBecomesRare() {
        for (int i = 0; i < 100; i++) {
            rare.send(error(i, "OSError"));
        }
        for (int i = 100; i < 6000; i++) {
            rare.send(error(i, "KeyError"));
        }
        rare.send(error(6000, "OSError"));

        // KeyError is rare up to its fifth event of 105. OSError, counted for ever, would be 101 of 6001, but its count
        // was halved to nothing.
        assertThat(rare.foundAt()).containsExactly(100L, 101L, 102L, 103L, 104L, 6000L);
        assertThat(rare.reasons().get(5)).startsWith("error: observed OSError, 1 of ");
        assertThat(rare.state("job=train-llm").sum()).isLessThanOrEqualTo(1001);
    }

    private static LogEvent error(int second, String name) {
        return SampleRules.event(
                EventKind.PROCESS_TRACEBACK,
                Story.START.plusSeconds(second),
                Measures.NONE,
                Attributes.of("error", name));
    }
}
