package io.faultline.detect.match.condition;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.List;
import java.util.Random;

/** Random conditions and events that are near enough to each other for both answers to come. */
final class RandomCel {

    private static final List<String> MEASURES = List.of("loss", "step", "grad_norm");
    private static final List<String> ATTRIBUTES = List.of("outcome", "reason");
    private static final List<String> TEXTS = List.of("", "failure", "success", "a line", "ail", "é𝄞");
    private static final List<EventKind> KINDS =
            List.of(EventKind.TRAINING_STEP, EventKind.GPU_XID, EventKind.PROCESS_EXIT);
    private static final double[] NUMBERS = {
        -1, -0.0, 0, 0.5, 1, 2, 3, 48, 1e12, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    private final Random random;

    RandomCel(Random random) {
        this.random = random;
    }

    /**
     * One expression twice.
     *
     * @param plain as a person writes it
     * @param guarded as the interpreter needs it: each comparison of numbers asks first whether they are there, and an
     *     attribute that is not there is the empty text
     * @param known in CEL: whether all numbers that decide its value are there; {@code true} for what is not a number
     */
    record Written(String plain, String guarded, String known) {

        static Written same(String text) {
            String guarded =
                    text.replaceAll("(?<!has\\()attributes\\.(\\w+)", "(has(attributes.$1) ? attributes.$1 : '')");
            return new Written(text, guarded, "true");
        }
    }

    Written condition(int depth) {
        int choice = random.nextInt(depth > 0 ? 11 : 5);
        return switch (choice) {
            case 0, 1 -> comparison(depth);
            case 2 -> textComparison(depth);
            case 3 -> membership(depth);
            case 4 ->
                Written.same(pick(List.of(
                        "has(measures.loss)",
                        "has(attributes.outcome)",
                        "message.contains('line')",
                        "message.startsWithAny(['a ', 'ine'])",
                        "attributes.reason != ''",
                        "severity >= 9",
                        "attributes.outcome.startsWith('fail')",
                        "message.endsWith('it')",
                        "message.matches('l[io]ne')",
                        "attributes.reason.containsAny(['ucc', 'ail'])",
                        "kind == 'gpu.xid'",
                        "kind in ['gpu.xid', 'training.step']")));
            case 5, 6 -> join("&&", condition(depth - 1), condition(depth - 1));
            case 7, 8 -> join("||", condition(depth - 1), condition(depth - 1));
            case 9 -> {
                Written inner = condition(depth - 1);
                yield new Written("!(" + inner.plain + ")", "!(" + inner.guarded + ")", "true");
            }
            default -> {
                Written test = condition(depth - 1);
                Written yes = condition(depth - 1);
                Written no = condition(depth - 1);
                yield new Written(
                        "(" + test.plain + " ? " + yes.plain + " : " + no.plain + ")",
                        "(" + test.guarded + " ? " + yes.guarded + " : " + no.guarded + ")",
                        "true");
            }
        };
    }

    LogEvent event() {
        Measures.Builder measures = Measures.builder();
        for (String name : MEASURES) {
            if (random.nextInt(4) > 0) {
                measures.put(name, NUMBERS[random.nextInt(NUMBERS.length)]);
            }
        }
        Attributes attributes = Attributes.NONE;
        for (String name : ATTRIBUTES) {
            attributes = random.nextBoolean() ? attributes.with(name, pick(TEXTS)) : attributes;
        }
        return SampleRules.event(pick(KINDS), Story.START, measures.build(), attributes);
    }

    private Written comparison(int depth) {
        if (random.nextInt(6) == 0) {
            Written number = number(depth);
            String function = pick(List.of("isNan", "isInf"));
            return guard(function + "(" + number.plain + ")", function + "(" + number.guarded + ")", number.known);
        }
        Written left = number(depth);
        Written right = number(depth);
        return compared(left, pick(List.of("==", "!=", "<", "<=", ">", ">=")), right);
    }

    private static Written compared(Written left, String operator, Written right) {
        return guard(
                "(" + left.plain + " " + operator + " " + right.plain + ")",
                "(" + left.guarded + " " + operator + " " + right.guarded + ")",
                left.known + " && " + right.known);
    }

    private static Written guard(String plain, String guarded, String known) {
        return new Written(plain, "((" + known + ") ? " + guarded + " : false)", "true");
    }

    /** A number of type double. */
    private Written number(int depth) {
        int choice = random.nextInt(depth > 0 ? 9 : 4);
        return switch (choice) {
            case 0, 1, 2 -> {
                String name = pick(MEASURES);
                yield new Written("measures." + name, "measures." + name, "has(measures." + name + ")");
            }
            case 3 -> Written.same(pick(List.of("0.0", "1.0", "0.5", "48.0", "-1.0", "1e12")));
            case 4, 5, 6 -> {
                Written left = number(depth - 1);
                Written right = random.nextBoolean()
                        ? number(depth - 1)
                        : Written.same(pick(List.of("2", "0", "size(message)", "severity", "(3 * 4 - 1)", "(7 / 2)")));
                String operator = pick(List.of("+", "-", "*", "/", "%"));
                yield new Written(
                        "(" + left.plain + " " + operator + " " + right.plain + ")",
                        "(" + left.guarded + " " + operator + " " + right.guarded + ")",
                        left.known + " && " + right.known);
            }
            case 7 -> {
                Written inner = number(depth - 1);
                yield new Written("-(" + inner.plain + ")", "-(" + inner.guarded + ")", inner.known);
            }
            default -> {
                Written test = condition(depth - 1);
                Written yes = number(depth - 1);
                Written no = number(depth - 1);
                yield new Written(
                        "(" + test.plain + " ? " + yes.plain + " : " + no.plain + ")",
                        "(" + test.guarded + " ? " + yes.guarded + " : " + no.guarded + ")",
                        "(" + test.guarded + " ? " + yes.known + " : " + no.known + ")");
            }
        };
    }

    private Written textComparison(int depth) {
        return Written.same(text(depth) + pick(List.of(" == ", " != ", " < ", " >= ")) + text(depth));
    }

    private String text(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 5)) {
            case 0 -> "'" + pick(TEXTS) + "'";
            case 1, 2 -> "attributes." + pick(ATTRIBUTES);
            case 3 -> "job";
            case 4 -> "message";
            default -> "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
        };
    }

    private Written membership(int depth) {
        if (random.nextBoolean()) {
            return Written.same(text(depth) + " in ['failure', 'train-llm', '']");
        }
        Written member = number(depth);
        String list = pick(List.of("[0, 48, 2]", "[0.5, 0.0]", "[1]"));
        return guard(
                "(" + member.plain + " in " + list + ")", "(" + member.guarded + " in " + list + ")", member.known);
    }

    private static Written join(String operator, Written left, Written right) {
        return new Written(
                "(" + left.plain + " " + operator + " " + right.plain + ")",
                "(" + left.guarded + " " + operator + " " + right.guarded + ")",
                "true");
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
