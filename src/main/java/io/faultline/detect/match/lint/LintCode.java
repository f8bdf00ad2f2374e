package io.faultline.detect.match.lint;

import java.util.Locale;

/** What the checks can say; docs/LINT.md has an example of each. */
public enum LintCode {
    SCHEMA(Severity.ERROR, "the file is not a rule: a field, a word or a condition is wrong"),
    NO_RESPONSE(Severity.ERROR, "nobody is told what to do"),
    SHORT_RESPONSE(Severity.WARNING, "the response is too short to be one"),
    PLACEHOLDER(Severity.WARNING, "a text still has to be written"),
    TITLE_SAYS_NOTHING(Severity.WARNING, "the title is the id again"),
    LONG_TITLE(Severity.WARNING, "the title does not fit into one line of a chat"),
    TITLE_WITH_FULL_STOP(Severity.WARNING, "a title is no sentence"),
    DESCRIPTION_SAYS_NOTHING(Severity.WARNING, "the description is the title again, or missing"),
    NO_VERSION(Severity.WARNING, "without a version a change can not be told from the rule before"),
    NO_STATUS(Severity.WARNING, "nobody knows whether the rule is proven"),
    NO_FALSE_POSITIVES(Severity.WARNING, "nobody thought about when the rule is wrong"),
    BAD_REFERENCE(Severity.WARNING, "a reference is no link"),
    LEVEL_WITHOUT_CAUSE(Severity.WARNING, "a rule that wakes people does not say where the cause lies"),
    CULPRIT_NOT_NAMED(Severity.WARNING, "the environment is to blame, but not which part of it"),
    NO_SUPPRESS(Severity.WARNING, "the same group is told again and again"),
    SUPPRESS_SHORTER_THAN_WITHIN(Severity.WARNING, "one story can be told twice"),
    RESOLVE_MEETS_MATCH(Severity.WARNING, "what the rule finds ends its alert"),
    RESOLVE_OF_OTHER_GROUP(Severity.ERROR, "no event that would end an alert is of its group"),
    AFTER_SHORTER_THAN_SUPPRESS(Severity.WARNING, "the alert is over while the rule is quiet about what goes on"),
    LONG_SUPPRESS(Severity.WARNING, "what happens again is hidden for too long"),
    IGNORED_IN_VAIN(Severity.WARNING, "a warning is ignored that is not there"),

    CONTRADICTION(Severity.ERROR, "no event can meet the condition"),
    NEVER_TRUE(Severity.ERROR, "the condition is a constant that no event meets"),
    ALWAYS_TRUE(Severity.ERROR, "every event meets the condition"),
    DEAD_ALTERNATIVE(Severity.ERROR, "one side of || can not hold"),
    REDUNDANT_ALTERNATIVE(Severity.WARNING, "one side of || holds only where another does"),
    REDUNDANT_COMPARISON(Severity.WARNING, "a comparison follows from the others"),
    DUPLICATE_TERM(Severity.WARNING, "the same is asked twice"),
    DOUBLE_NEGATION(Severity.WARNING, "! of !"),
    NEGATION_HOLDS_WHEN_ABSENT(Severity.WARNING, "! of a comparison holds where the number is absent"),
    NO_KIND(Severity.WARNING, "every event is tested, whatever its kind"),
    MESSAGE_WITHOUT_KIND(Severity.WARNING, "the text of lines of all kinds is searched"),
    IN_OF_NONE(Severity.ERROR, "nothing is in an empty list"),
    IN_OF_ONE(Severity.WARNING, "a list of one is =="),
    DUPLICATE_IN_LIST(Severity.WARNING, "a list has an element twice"),
    IN_WOULD_DO(Severity.WARNING, "several == of one thing are one in"),
    EMPTY_TEXT(Severity.ERROR, "every text has the empty one in it"),
    EQUALITY_OF_DECIMAL(Severity.WARNING, "a measured number is hardly ever equal to a fraction"),
    PINNED_ENTITY(Severity.WARNING, "the rule is about one machine or job only"),
    UNUSED_CONSTANT(Severity.WARNING, "a param or a list is used nowhere"),
    EXCEPTION_NEVER(Severity.ERROR, "no event of the rule can meet the exception"),
    EXCEPTION_ALWAYS(Severity.ERROR, "the exception leaves nothing of the rule"),

    MEASURE_NOT_OF_KIND(Severity.ERROR, "the kind never has the measure"),
    ATTRIBUTE_NOT_OF_KIND(Severity.ERROR, "the kind never has the attribute"),
    VALUE_NEVER_WRITTEN(Severity.ERROR, "the attribute never has the value"),
    UNKNOWN_FORMAT(Severity.ERROR, "no parser has the format"),
    THRESHOLD_OUT_OF_UNIT(Severity.ERROR, "the measure never has such a number"),
    PERCENT_FOR_RATIO(Severity.ERROR, "ratios are 0…1, not percent"),
    IMPLAUSIBLE_SECONDS(Severity.WARNING, "times are seconds, not milliseconds"),
    IMPLAUSIBLE_BYTES(Severity.WARNING, "sizes are bytes, not gigabytes"),
    GROUP_NEVER_CARRIED(Severity.ERROR, "no event of the rule's kinds knows a part of its group"),
    GROUP_PART_NEVER_CARRIED(Severity.WARNING, "one part of the group is never known"),
    GROUP_OF_OTHER_FAMILY(Severity.WARNING, "training is grouped by replicas, or inference by jobs"),
    DUPLICATE_GROUP_PART(Severity.WARNING, "a part of the group stands there twice"),
    FIELD_NEVER_CARRIED(Severity.ERROR, "no event of the rule's kinds has the field"),
    FIELD_IS_GROUP(Severity.ERROR, "each group has one value of the field only"),

    REGEX_WHERE_CONTAINS_WOULD_DO(Severity.WARNING, "a pattern without special characters"),
    REGEX_WITH_LOOSE_ENDS(Severity.WARNING, "a pattern finds anywhere anyhow: .* at its ends is of no use"),
    REGEX_MATCHES_ALL(Severity.ERROR, "the pattern finds something in each text"),
    REGEX_UNESCAPED_DOT(Severity.WARNING, "a point between digits or letters means any character"),

    UNREACHABLE_STEP(Severity.ERROR, "no event can be the step"),
    DUPLICATE_CONDITION(Severity.WARNING, "two steps in a row wait for the same"),
    NOT_FORBIDS_STEP(Severity.ERROR, "what must not happen is what must happen next"),
    UNBOUNDED_LOOP(Severity.ERROR, "each event multiplies the partial matches"),
    LOOP_AT_THE_END(Severity.WARNING, "more than the least number is never waited for at the end"),
    STRICT_WITHOUT_WHERE(Severity.WARNING, "any other event of the group breaks the sequence"),
    CONTIGUITY_WITHOUT_EFFECT(Severity.WARNING, "contiguity of a first step that comes once"),
    WITHIN_TOO_LONG(Severity.WARNING, "partial matches are kept for more than a day"),
    WITHIN_TOO_SHORT(Severity.WARNING, "lines of one second have one time"),
    WITHIN_WITHOUT_NEED(Severity.WARNING, "one event has no duration"),
    STEP_NAME(Severity.WARNING, "names of steps stand in alerts: small letters, digits, hyphens"),
    LOUD_SKIP(Severity.WARNING, "each combination of the same events is a match of its own"),
    WITNESS_WITHOUT_RANK(Severity.ERROR, "witnesses are counted by rank, which their kinds never know"),

    FLOOR_BEYOND_MAX_SILENCE(Severity.ERROR, "a stall is a hole in the logs before it is told"),
    NO_STOP(Severity.WARNING, "the end of what is watched looks like a stall"),
    DEMAND_NEVER(Severity.ERROR, "progress never tells demand"),
    STOP_IS_MATCH(Severity.ERROR, "what ends the watching is what is watched"),
    PAUSE_BEYOND_MAX_SILENCE(Severity.ERROR, "a pause that never ends is never told"),
    SHORT_WARM_UP(Severity.WARNING, "what is usual is not known after so few"),
    SMALL_FACTOR(Severity.WARNING, "the usual scatter is more than that"),
    VALUE_ONLY_RISES(Severity.WARNING, "a counter is always above its own average"),
    SINGLE_SPIKE(Severity.WARNING, "one odd value is told"),
    DEMAND_ALWAYS(Severity.WARNING, "each report tells demand, so that says nothing"),
    LOAD_NEVER(Severity.ERROR, "no report is made under load"),
    LOAD_IN_VAIN(Severity.WARNING, "loads count only where something is slow"),
    PHASE_IS_MATCH(Severity.ERROR, "each report begins a pause"),
    PHASE_WITHOUT_LENGTH(Severity.ERROR, "what begins a pause ends it"),
    DUPLICATE_PHASE(Severity.WARNING, "two pauses are the same"),
    REDUNDANT_SLOW(Severity.WARNING, "a pace is told where another one was told before"),
    COUNTER_AS_RATE(Severity.ERROR, "a counter is above 0 whether it rises or not"),

    OF_NEVER(Severity.ERROR, "none of the events is counted"),
    OF_ALWAYS(Severity.ERROR, "each of the events is counted"),
    TOLD_LATE(Severity.WARNING, "nothing is told before a long window is over"),
    TOO_FEW_VALUES(Severity.ERROR, "the field never has so many values"),
    EVERY_BEYOND_MAX_SILENCE(Severity.ERROR, "an absence is a hole in the logs before it is told"),
    EXPECTED_WITHOUT_GROUP(Severity.ERROR, "what is expected is in no group"),
    RANK_NEVER_KNOWN(Severity.ERROR, "ranks are told apart, which the events never know"),
    NO_LEARNING(Severity.WARNING, "everything is new at first"),
    LEARN_BEYOND_FORGET(Severity.ERROR, "values are forgotten before they are learnt"),
    NOT_RARE(Severity.WARNING, "what is a tenth of all is not rare"),

    SAME_AS_OTHER_RULE(Severity.ERROR, "two rules wait for the same"),
    SAME_TITLE(Severity.WARNING, "alerts of two rules can not be told apart"),
    DUPLICATE_ID(Severity.ERROR, "two rules have one id"),
    UNKNOWN_RULE(Severity.ERROR, "the rule whose alerts are waited for does not exist"),
    ALERT_OF_SECOND_ROUND(Severity.ERROR, "alerts of rules over alerts come too late for other rules"),
    WAITS_FOR_ITSELF(Severity.ERROR, "the rule waits for its own alert"),
    COMBINATION_OF_ONE(Severity.WARNING, "one alert is only told again"),
    COMBINATION_WITHOUT_GROUP(Severity.WARNING, "alerts of another group are not counted"),

    NO_STORY(Severity.WARNING, "nothing proves the rule"),
    NO_FIRING_STORY(Severity.WARNING, "no story shows that the rule fires"),
    NO_SILENT_STORY(Severity.WARNING, "no story shows that the rule can be silent"),
    STORY_WITHOUT_RULE(Severity.ERROR, "stories of a rule that does not exist"),
    SILENT_STORY_PROVES_NOTHING(Severity.WARNING, "a silent story in which nothing is of the rule's kinds");

    /** Whether it fails the check. */
    public enum Severity {
        ERROR,
        WARNING
    }

    private final Severity severity;
    private final String meaning;

    LintCode(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** {@code no-response}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** What is wrong, in a few words. */
    public String meaning() {
        return meaning;
    }
}
