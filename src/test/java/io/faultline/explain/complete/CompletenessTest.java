package io.faultline.explain.complete;

import static io.faultline.explain.SampleAlerts.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.explain.SampleAlerts;
import io.faultline.model.Attributes;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletenessTest {

    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void isTheShareOfSourcesThatWereNotSilent() {
        Incident incident = Completeness.of(
                incident(),
                List.of(
                        mark("gpu-a1.kernel.log", 0, -120),
                        mark("train-llm.log", 30, NEVER),
                        mark("chat-0.log", 30, NEVER),
                        mark("chat-1.log", 900, 900), // fell silent only afterwards
                        mark("old.log", -7200, -7000))); // has gone

        assertThat(incident.completeness()).isCloseTo(0.75, within(1e-9));
        assertThat(incident.cause().because())
                .contains("1 of 4 sources is silent or late, so this may be more than is known: gpu-a1.kernel.log");
    }

    @Test
    void missesASourceWhoseLinesComeBehindTheWatermarkUntilTheyDoNot() {
        SourceMark late = SourceMark.of("chat-0.log").with(Heard.of(quality(0, 0.8)));

        assertThat(Completeness.of(incident(), List.of(late)).completeness()).isZero();
        assertThat(Completeness.of(incident(), List.of(late.with(Heard.of(quality(60, 0.1))))))
                .isEqualTo(incident());
    }

    @Test
    void saysNothingWhereAllSpoke() {
        Incident incident = Completeness.of(incident(), List.of(mark("train-llm.log", 30, NEVER)));

        assertThat(incident).isEqualTo(incident());
    }

    /** What the report of a minute tells. */
    private static LogEvent quality(long second, double lateRatio) {
        return new LogEvent(
                at(second),
                at(second),
                9,
                "INFO",
                "Quality of chat-0.log",
                "faultline",
                EventKind.SOURCE_QUALITY,
                Entity.UNKNOWN,
                Measures.of("late_ratio", lateRatio),
                Attributes.of("source", "chat-0.log"),
                "",
                0,
                Origin.file("chat-0.log", 1));
    }

    private static SourceMark mark(String name, long heard, long silent) {
        long since = silent == NEVER ? NEVER : at(silent).toEpochMilli();
        return new SourceMark(name, at(heard).toEpochMilli(), since, NEVER, false);
    }

    private static Incident incident() {
        return new Incident(
                "8c5f0a12b3d4e5f6",
                1,
                Incident.State.OPEN,
                "GPU fell off the bus",
                Level.HIGH,
                at(0),
                at(60),
                new Cause(
                        CauseCategory.ENVIRONMENT,
                        "gpu.xid",
                        SampleAlerts.GPU_9B,
                        "Xid 79",
                        0.9,
                        Cause.Verdict.CONFIRMED,
                        List.of("Xid 79")),
                List.of(SampleAlerts.GPU_9B),
                List.of("gpu-xid-critical"),
                List.of(),
                List.of(),
                1);
    }
}
