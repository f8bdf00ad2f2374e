package io.faultline.detect.match;

import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.util.List;
import java.util.Random;

/** Random rules and events whose constants meet now and then: few words, few numbers, and some texts within others. */
final class DrawnRules {

    private static final List<EventKind> KINDS = List.of(EventKind.TRAINING_STEP, EventKind.GPU_XID, EventKind.ALERT);
    private static final List<String> WORDS = List.of("", "abc", "bca", "abcab", "cab", "c", "ab ca");
    private static final double[] NUMBERS = {-2, -1, -0.0, 0, 1, 2.5, 3, Double.NaN, Double.POSITIVE_INFINITY};

    private final Random random;

    /** How often a condition is about the text of the line; a look-up of its parts needs many of them. */
    private final int texts;

    DrawnRules(Random random) {
        this.random = random;
        this.texts = random.nextInt(10);
    }

    /** The part of a rule's file behind its head. */
    String pattern() {
        StringBuilder rule = new StringBuilder();
        if (random.nextInt(4) == 0) {
            rule.append("exceptions: [\"").append(condition(1)).append("\", \"job != 'abc'\"]\n");
        }
        if (random.nextInt(3) == 0) {
            rule.append("resolve: {when: \"").append(kinded()).append("\"}\n");
        }
        switch (random.nextInt(4)) {
            case 0 ->
                rule.append("kind: frequency\ntimes: 3\nwithin: 1m\nmatch: \"")
                        .append(kinded())
                        .append("\"\n");
            case 1 ->
                rule.append("kind: ratio\nwindow: {size: 1m}\ncondition: {gt: 0.5}\nmatch: \"")
                        .append(kinded())
                        .append("\"\nof: \"")
                        .append(condition(1))
                        .append("\"\n");
            default -> sequence(rule);
        }
        return rule.toString();
    }

    private void sequence(StringBuilder rule) {
        rule.append("kind: sequence\nwithin: 1m\n");
        if (random.nextInt(3) == 0) {
            rule.append("where: \"").append(kinded()).append("\"\n");
        }
        String contiguity = random.nextInt(3) == 0 ? "strict" : "relaxed";
        rule.append("match:\n");
        for (int step = 0; step < 2; step++) {
            String where = random.nextInt(4) == 0 ? condition(2) : kinded();
            rule.append("  - {name: s%d, contiguity: %s, where: \"%s\"}\n".formatted(step, contiguity, where));
        }
    }

    private String kinded() {
        return switch (random.nextInt(3)) {
            case 0 -> "kind == '%s' && %s".formatted(kind().id(), condition(2));
            case 1 -> "kind in ['%s', '%s'] && %s".formatted(kind().id(), kind().id(), condition(1));
            default ->
                "(kind == '%s' && %s) || (kind == '%s' && %s)"
                        .formatted(kind().id(), condition(1), kind().id(), condition(1));
        };
    }

    private String condition(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String left = condition(depth - 1);
            return switch (random.nextInt(5)) {
                case 0 -> "(" + left + " || " + condition(depth - 1) + ")";
                case 1 -> "!(" + left + ")";
                default -> "(" + left + " && " + condition(depth - 1) + ")";
            };
        }
        return random.nextInt(10) < texts ? text() : leaf();
    }

    private String text() {
        String field = random.nextInt(3) > 0 ? "message" : "attributes.reason";
        return switch (random.nextInt(4)) {
            case 0 -> "%s.containsAny(['%s', '%s'])".formatted(field, letters(3), letters(4));
            case 1 -> "%s.startsWith('%s')".formatted(field, word());
            default -> "%s.contains('%s')".formatted(field, letters(random.nextInt(6)));
        };
    }

    private String leaf() {
        return switch (random.nextInt(10)) {
            case 0 -> "job == '" + word() + "'";
            case 1 -> "attributes.reason in ['%s', '%s']".formatted(word(), word());
            case 2 -> "attributes.outcome != '" + word() + "'";
            case 3 -> "measures.loss == " + random.nextInt(-2, 4);
            case 4 -> "measures.xid_code in [%d, %d.5]".formatted(random.nextInt(-2, 4), random.nextInt(4));
            case 5 -> "measures.loss >= " + random.nextInt(-2, 4);
            case 6 -> random.nextInt(-2, 4) + ".0 > measures.loss";
            case 7 -> "severity > " + random.nextInt(24);
            case 8 -> random.nextBoolean() ? "has(attributes.reason)" : "isNan(measures.loss)";
            default -> "measures.xid_code != " + random.nextInt(-2, 4);
        };
    }

    LogEvent event() {
        Measures.Builder measures = Measures.builder();
        for (String name : List.of("loss", "xid_code")) {
            if (random.nextInt(4) > 0) {
                measures.put(name, NUMBERS[random.nextInt(NUMBERS.length)]);
            }
        }
        Attributes attributes = random.nextBoolean() ? Attributes.NONE : Attributes.of("outcome", word());
        return new LogEvent(
                Story.START,
                Story.START,
                random.nextInt(1, 25),
                "",
                letters(random.nextInt(12)),
                "megatron",
                kind(),
                Entity.ofJob(word()),
                measures.build(),
                random.nextBoolean() ? attributes : attributes.with("reason", word()),
                "",
                0,
                Origin.file("train-llm.log", 1));
    }

    private EventKind kind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append("abc ".charAt(random.nextInt(4)));
        }
        return letters.toString();
    }
}
