package io.faultline.detect.match;

import static io.faultline.detect.match.SampleRules.alertOf;
import static io.faultline.detect.match.SampleRules.ofRank;
import static io.faultline.detect.match.SampleRules.report;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A rule of one kind, and ten events of one group, ten seconds apart, that bring one alert.
 *
 * @param rule its pattern
 * @param events the first at the stories' start
 * @param alertAt when it is certain, in seconds
 * @param over when nothing of the group is kept any more, in seconds: ten minutes of quiet after the alert, or what the rule
 *     remembers after the last event
 */
record SampleKind(String rule, List<LogEvent> events, int alertAt, int over) {

    private static final int STEP = 10;

    /** An hour after the last event. */
    private static final int REMEMBERED = 90 + 3600;

    RuleSet rules() {
        return SampleRules.rule("kind", rule);
    }

    @Override
    public String toString() {
        return rule.strip().replace('\n', ' ');
    }

    static List<SampleKind> all() {
        return List.of(
                sequence(),
                sequenceWithoutAnEnd(),
                sequenceOfTimedSteps(),
                progress(),
                threshold(),
                ratio(),
                frequency(),
                distinct(),
                combination(),
                silentRank(),
                peers(),
                absence(),
                spike(),
                change(),
                newValue(),
                rare());
    }

    static SampleKind sequence() {
        return new SampleKind(
                """
                kind: sequence
                match:
                  - {name: timeout, where: kind == 'collective.timeout'}
                  - {name: exit, where: kind == 'process.exit'}
                within: 5m
                """,
                events(second -> event(second == 70 ? EventKind.PROCESS_EXIT : EventKind.COLLECTIVE_TIMEOUT, second)),
                70,
                670);
    }

    private static SampleKind sequenceWithoutAnEnd() {
        return new SampleKind(
                """
                kind: sequence
                match:
                  - {name: timeout, where: kind == 'collective.timeout'}
                  - {name: exit, where: kind == 'process.exit', not: true}
                within: 1m
                """,
                events(second -> event(EventKind.COLLECTIVE_TIMEOUT, second)),
                60,
                660);
    }

    private static SampleKind sequenceOfTimedSteps() {
        return new SampleKind(
                """
                kind: sequence
                match:
                  - {name: timeout, where: kind == 'collective.timeout'}
                  - {name: traceback, where: kind == 'process.traceback', within: 15s}
                  - {name: error, where: kind == 'collective.error', optional: true}
                  - {name: exit, where: kind == 'process.exit'}
                within: 5m
                """,
                events(second -> event(
                        switch (second) {
                            case 0 -> EventKind.COLLECTIVE_TIMEOUT;
                            case 30 -> EventKind.COLLECTIVE_ERROR;
                            case 50 -> EventKind.PROCESS_EXIT;
                            default -> EventKind.PROCESS_TRACEBACK;
                        },
                        second)),
                50,
                650);
    }

    private static SampleKind progress() {
        return new SampleKind(
                "kind: progress\nmatch: kind == 'training.step'\nfloor: 0s\nmax-silence: 1h\n",
                events(SampleRules::step),
                110,
                REMEMBERED);
    }

    private static SampleKind threshold() {
        return new SampleKind(
                """
                kind: threshold
                match: kind == 'inference.stats'
                value: measures.kv_cache_usage_ratio
                aggregate: p50
                condition: {gt: 0.9}
                window: {size: 2m, slide: 30s}
                at-least: 10
                """,
                events(second -> report(second, "kv_cache_usage_ratio", 0.95)),
                120,
                720);
    }

    private static SampleKind ratio() {
        return new SampleKind(
                """
                kind: ratio
                match: kind == 'inference.stats'
                of: measures.kv_cache_usage_ratio > 0.9
                condition: {gt: 0.5}
                window: {gap: 1m}
                at-least: 10
                """,
                events(second -> report(second, "kv_cache_usage_ratio", 0.95)),
                150,
                750);
    }

    private static SampleKind frequency() {
        return new SampleKind(
                "kind: frequency\nmatch: kind == 'request.error'\ntimes: 8\nwithin: 2m\n",
                events(second -> event(EventKind.REQUEST_ERROR, second)),
                70,
                670);
    }

    private static SampleKind distinct() {
        return new SampleKind(
                "kind: distinct\nmatch: kind == 'collective.timeout'\nfield: rank\nat-least: 6\nwithin: 2m\n",
                events(second -> ofRank(second / STEP, event(EventKind.COLLECTIVE_TIMEOUT, second))),
                50,
                650);
    }

    private static SampleKind combination() {
        return new SampleKind(
                "kind: combination\nrules: [loss-nan, training-stalled]\nwithin: 2m\n",
                events(second -> alertOf(second < 60 ? "loss-nan" : "training-stalled", second)),
                60,
                660);
    }

    private static SampleKind silentRank() {
        return new SampleKind(
                """
                kind: silent-rank
                match: kind == 'collective.timeout'
                world-size: 11
                within: 2m
                max-silence: 1h
                """,
                events(second -> ofRank(second / STEP, event(EventKind.COLLECTIVE_TIMEOUT, second))),
                120,
                REMEMBERED);
    }

    private static SampleKind peers() {
        return new SampleKind(
                """
                kind: peers
                match: kind == 'inference.stats'
                field: rank
                value: measures.kv_cache_usage_ratio
                every: 50s
                times: 2
                """,
                events(second -> ofRank(
                        second / STEP % 5, report(second, "kv_cache_usage_ratio", second % 50 == 0 ? 0.9 : 0.1))),
                100,
                700);
    }

    private static SampleKind absence() {
        return new SampleKind(
                "kind: absence\nmatch: kind == 'training.step'\nevery: 1m\nmax-silence: 1h\n",
                events(SampleRules::step),
                150,
                REMEMBERED);
    }

    private static SampleKind spike() {
        return new SampleKind(
                """
                kind: spike
                match: kind == 'inference.stats'
                value: measures.kv_cache_usage_ratio
                factor: 3
                times: 3
                warm-up: 5
                max-silence: 1h
                """,
                events(second -> report(second, "kv_cache_usage_ratio", second < 50 ? 0.1 : 0.9)),
                70,
                REMEMBERED);
    }

    private static SampleKind change() {
        return new SampleKind(
                """
                kind: change
                match: kind == 'inference.stats'
                value: measures.kv_cache_usage_ratio
                window: {size: 50s}
                at-least: 5
                """,
                events(second -> report(second, "kv_cache_usage_ratio", second < 50 ? 0.1 : 0.9)),
                95,
                695);
    }

    private static SampleKind newValue() {
        return new SampleKind(
                """
                kind: new-value
                match: kind == 'process.traceback'
                field: attributes.error
                learn: 1m
                forget: 1h
                """,
                events(second -> traceback(second < 80 ? "ValueError" : "KeyError", second)),
                80,
                REMEMBERED);
    }

    private static SampleKind rare() {
        return new SampleKind(
                """
                kind: rare
                match: kind == 'process.traceback'
                field: attributes.error
                share: 0.15
                after: 7
                forget: 1h
                """,
                events(second -> traceback(second == 80 ? "KeyError" : "ValueError", second)),
                80,
                REMEMBERED);
    }

    static LogEvent traceback(String error, int second) {
        return SampleRules.event(
                EventKind.PROCESS_TRACEBACK,
                Story.START.plusSeconds(second),
                Measures.NONE,
                Attributes.of("error", error));
    }

    private static LogEvent event(EventKind kind, int second) {
        return SampleRules.event(kind, second, Measures.NONE);
    }

    private static List<LogEvent> events(IntFunction<LogEvent> event) {
        return IntStream.range(0, 10).mapToObj(i -> event.apply(STEP * i)).toList();
    }
}
