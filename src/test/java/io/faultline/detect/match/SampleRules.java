package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.List;

/** Rules and events for tests. */
public final class SampleRules {

    private static final String HEAD =
            """
            id: %s
            title: A test's rule
            level: high
            description: It is used in tests.
            group-by: [job]
            cause: {category: code, role: symptom}
            response: Nothing.
            """;

    private SampleRules() {}

    public static RuleSet rule(String id, String pattern) {
        return RuleSet.of("test", List.of(file(id, pattern)));
    }

    public static RuleFile file(String id, String pattern) {
        return new RuleFile("rules/" + id + ".yaml", HEAD.formatted(id) + pattern);
    }

    public static LogEvent event(EventKind kind, Instant timestamp, Measures measures, Attributes attributes) {
        return new LogEvent(
                timestamp,
                timestamp,
                9,
                "INFO",
                "a line about it",
                "megatron",
                kind,
                Entity.ofJob("train-llm"),
                measures,
                attributes,
                "",
                0,
                Origin.file("train-llm.log", 1));
    }

    public static LogEvent step(int second) {
        return event(
                EventKind.TRAINING_STEP, Story.START.plusSeconds(second), Measures.of("loss", 2.1), Attributes.NONE);
    }

    /** An event of the job, seconds after the story's start. */
    public static LogEvent event(EventKind kind, int second, Measures measures) {
        return event(kind, Story.START.plusSeconds(second), measures, Attributes.NONE);
    }

    /** A report of an engine, with one number. */
    public static LogEvent report(int second, String measure, double value) {
        return event(EventKind.INFERENCE_STATS, second, Measures.of(measure, value));
    }

    /** The event, told by one rank of the job. */
    public static LogEvent ofRank(int rank, LogEvent event) {
        return event.withEntity(event.entity().with(Entity.Level.RANK, String.valueOf(rank)));
    }

    /** An alert of another rule, as a signal. */
    public static LogEvent alertOf(String rule, int second) {
        return event(EventKind.ALERT, Story.START.plusSeconds(second), Measures.NONE, Attributes.of("rule", rule));
    }

    /** The same, told of another entity, at another time, in another line. */
    public static LogEvent told(LogEvent event, Entity entity, Instant timestamp, long line) {
        return new LogEvent(
                timestamp,
                timestamp,
                event.severityNumber(),
                event.severityText(),
                event.message(),
                event.format(),
                event.kind(),
                entity,
                event.measures(),
                event.attributes(),
                event.template(),
                event.quality(),
                Origin.file("train-llm.log", line));
    }
}
