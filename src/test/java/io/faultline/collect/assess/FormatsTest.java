package io.faultline.collect.assess;

import static io.faultline.collect.assess.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.assess.Formats.Drift;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private static final long MINUTE = 60_000;

    private final Formats formats = new Formats();
    private final List<Drift> drifts = new ArrayList<>();
    private long minute;

    @Test
    void tellsOnceThatMoreLinesThanBeforeAreUnknown() {
        minutes(11, 50, 1, "vllm");
        minutes(20, 50, 10, "vllm");

        assertThat(drifts).singleElement().satisfies(drift -> {
            assertThat(drift.what()).isEqualTo("unknown-share");
            assertThat(drift.format()).isEqualTo("vllm");
            assertThat(drift.unknownRatio()).isGreaterThan(0.05);
        });
    }

    @Test
    void leavesASourceAloneThatWasAlwaysHalfUnknown() {
        minutes(60, 50, 25, "vllm");

        assertThat(drifts).isEmpty();
    }

    @Test
    void tellsThatAnotherFormatTookThePlace() {
        minutes(22, 50, 0, "vllm");
        minutes(22, 50, 0, "sglang");

        assertThat(drifts).containsExactly(new Drift("format", "vllm", "sglang", 0, ""));
    }

    @Test
    void leavesASourceAloneThatWritesInTurns() {
        for (int i = 0; i < 30; i++) {
            minutes(2, 50, 0, i % 2 == 0 ? "vllm" : "uvicorn");
        }

        assertThat(drifts).isEmpty();
    }

    @Test
    void tellsOnceThatAStatisticsLineHasOtherKeys() {
        for (int i = 0; i < 40; i++) {
            statistics("running_requests", "kv_cache_usage_ratio");
        }
        assertThat(drifts).isEmpty();

        for (int i = 0; i < 40; i++) {
            statistics("running_requests", "kv_cache_usage_ratio", "prefix_cache_hit_ratio");
        }

        assertThat(drifts)
                .containsExactly(new Drift(
                        "keys", "vllm", "vllm", 0, "running_requests kv_cache_usage_ratio prefix_cache_hit_ratio"));
    }

    @Test
    void takesKeysInAnyOrderAndNowAndThenForTheSame() {
        Random random = new Random(11);
        for (int i = 0; i < 400; i++) {
            boolean hit = i % 4 == 0;
            boolean turned = random.nextBoolean();
            if (hit) {
                statistics("running_requests", "kv_cache_usage_ratio", "prefix_cache_hit_ratio");
            } else {
                statistics(
                        turned
                                ? new String[] {"kv_cache_usage_ratio", "running_requests"}
                                : new String[] {"running_requests", "kv_cache_usage_ratio"});
            }
        }

        assertThat(drifts).isEmpty();
    }

    private void minutes(int minutes, int lines, int unknown, String format) {
        for (int i = 0; i < minutes; i++) {
            for (int line = 0; line < lines; line++) {
                formats.add(
                        anEvent()
                                .ofFormat(line < unknown ? Formats.UNKNOWN : format)
                                .build(),
                        drifts::add);
            }
            formats.check(++minute * MINUTE, 0.05, drifts::add);
        }
    }

    private void statistics(String... names) {
        formats.add(
                anEvent()
                        .telling(EventKind.INFERENCE_STATS, new Measures(names, new double[names.length]))
                        .build(),
                drifts::add);
    }
}
