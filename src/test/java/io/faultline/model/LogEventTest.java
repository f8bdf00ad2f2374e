package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogEventTest {

    @Test
    void keepsItsStreamAndItsSourceWhenItsTemplateIsKnown() {
        LogEvent event = new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "INFO",
                "cache 7 full",
                "unknown",
                EventKind.LOG_OTHER,
                Entity.UNKNOWN,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.file("node.log", 1),
                "logs-3",
                "pod-a");

        LogEvent mined = event.withTemplate("t1", Attributes.NONE);

        assertThat(mined.template()).isEqualTo("t1");
        assertThat(mined.stream()).isEqualTo("logs-3");
        assertThat(mined.source()).isEqualTo("pod-a");
    }
}
