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
}
