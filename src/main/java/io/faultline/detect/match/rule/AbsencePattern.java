package io.faultline.detect.match.rule;

import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.model.Entity;
import io.faultline.settings.NearestWord;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * An event that should come again and again from each of the entities, and does not.
 *
 * @param match the event
 * @param every how often it should come
 * @param until ends the expectation: it was removed on purpose
 * @param expected entities that should speak though they never did, each as {@code node=gpu-a1}; {@link #INVENTORY}
 *     stands for all that the inventory names
 * @param maxSilence a longer gap is a hole in the logs and not told; also how long a group is kept that is silent
 */
public record AbsencePattern(String match, Duration every, String until, List<String> expected, Duration maxSilence)
        implements RulePattern {

    public static final int MATCH = 0;
    public static final int UNTIL = 1;

    /** Not a condition: what the rule expects without an event. */
    public static final int EXPECTED = 2;

    public static final String INVENTORY = "inventory";

    static AbsencePattern read(PatternReader reader) {
        List<String> expected = reader.texts("expected");
        expected.stream().filter(one -> !one.equals(INVENTORY)).forEach(one -> check(reader, one));
        return new AbsencePattern(
                reader.required("match"),
                reader.requiredDuration("every"),
                reader.condition("until"),
                expected,
                reader.duration("max-silence", Duration.ofHours(24)));
    }

    private static void check(PatternReader reader, String expected) {
        for (String part : expected.split(" ", -1)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals));
            if (!Vocabulary.ENTITY.contains(name)) {
                reader.problem(
                        "expected",
                        "\"" + part + "\" is not as node=gpu-a1" + NearestWord.hint(name, Vocabulary.ENTITY));
            }
        }
    }

    /**
     * The entities that should speak though they never did.
     *
     * @param inventory what {@link #INVENTORY} stands for, each as {@code cluster=lab node=gpu-a1}
     */
    public List<Entity> entities(List<String> inventory) {
        return expected.stream()
                .flatMap(one -> one.equals(INVENTORY) ? inventory.stream() : Stream.of(one))
                .map(AbsencePattern::entity)
                .toList();
    }

    private static Entity entity(String text) {
        Entity entity = Entity.UNKNOWN;
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            entity = entity.with(Entity.Level.ofField(part.substring(0, equals)), part.substring(equals + 1));
        }
        return entity;
    }

    @Override
    public List<String> conditions() {
        return List.of(match, until);
    }

    @Override
    public boolean endsAlerts() {
        return true;
    }
}
