package io.faultline.collect.assess;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Duration;
import java.time.Instant;

/** Events of {@code chat-0}, one after the other. */
final class EventBuilder {

    static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    static final String SOURCE = "chat-0";

    private Instant timestamp = TEN;
    private Instant observed = TEN;
    private String message = "Avg generation throughput";
    private String format = "vllm";
    private EventKind kind = EventKind.LOG_OTHER;
    private Measures measures = Measures.NONE;
    private Attributes attributes = Attributes.NONE;
    private String rank = "";
    private String source = SOURCE;
    private Origin origin = Origin.kafka("logs", 0, 0);

    static EventBuilder anEvent() {
        return new EventBuilder();
    }

    static EventBuilder aStep(double step) {
        return anEvent()
                .saying("iteration " + (long) step)
                .ofFormat("megatron")
                .telling(EventKind.TRAINING_STEP, Measures.of("step", step));
    }

    /** Written and seen so long after ten o'clock. */
    EventBuilder after(Duration time) {
        timestamp = TEN.plus(time);
        observed = TEN.plus(time);
        return this;
    }

    EventBuilder seenLater(Duration lag) {
        observed = timestamp.plus(lag);
        return this;
    }

    EventBuilder saying(String words) {
        message = words;
        return this;
    }

    EventBuilder ofFormat(String name) {
        format = name;
        return this;
    }

    EventBuilder telling(EventKind what, Measures numbers) {
        kind = what;
        measures = numbers;
        return this;
    }

    EventBuilder with(String key, String value) {
        attributes = attributes.with(key, value);
        return this;
    }

    EventBuilder ofRank(int number) {
        rank = Integer.toString(number);
        return this;
    }

    EventBuilder from(String name) {
        source = name;
        return this;
    }

    EventBuilder at(Origin place) {
        origin = place;
        return this;
    }

    LogEvent build() {
        Entity entity = Entity.UNKNOWN.with(Entity.Level.REPLICA, "chat-0");
        return new LogEvent(
                timestamp,
                observed,
                9,
                "INFO",
                message,
                format,
                kind,
                rank.isEmpty() ? entity : entity.with(Entity.Level.RANK, rank),
                measures,
                attributes,
                "",
                0,
                origin,
                "partition",
                source);
    }
}
