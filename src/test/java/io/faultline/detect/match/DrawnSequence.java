package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random sequence over events that are single letters, and events to feed it with.
 *
 * @param seconds the whole sequence's {@code within}
 */
record DrawnSequence(List<Step> steps, int seconds, String skip, String skipTo, List<Event> events) {

    private static final List<String> LETTERS = List.of("a", "b", "c", "d");

    /** A step; empty texts and zeros are "not given". */
    record Step(
            String name,
            String letters,
            String contiguity,
            int least,
            int most,
            boolean not,
            boolean optional,
            boolean greedy,
            String until,
            int seconds) {}

    /** An event; {@code watermark} follows it where it is not negative. */
    record Event(int line, String letter, int second, int watermark) {}

    static DrawnSequence of(Random random) {
        int count = 1 + random.nextInt(4);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(step(random, i));
        }
        String skip = pick(random, List.of("past-last", "to-next", "none", "to-first", "to-last"));
        String skipTo = skip.startsWith("to-") && !skip.equals("to-next") ? "s" + random.nextInt(count) : "";
        return new DrawnSequence(steps, 3 + random.nextInt(12), skip, skipTo, events(random));
    }

    private static Step step(Random random, int index) {
        String letter = pick(random, LETTERS);
        String letters = random.nextInt(4) == 0 ? letter + pick(random, LETTERS) : letter;
        int least = 1 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
        int most = random.nextInt(3) > 0 ? least : random.nextBoolean() ? Integer.MAX_VALUE : least + 1;
        boolean endless = most == Integer.MAX_VALUE;
        return new Step(
                "s" + index,
                letters,
                pick(random, List.of("strict", "relaxed", "relaxed", "any")),
                least,
                most,
                index > 0 && random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                endless && random.nextBoolean() ? pick(random, LETTERS) : "",
                random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0);
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        int second = 0;
        int count = 4 + random.nextInt(12);
        for (int line = 1; line <= count; line++) {
            second += random.nextInt(4);
            int watermark = random.nextInt(3) == 0 ? second - 1 : -1;
            events.add(new Event(line, pick(random, List.of("a", "b", "c", "d", "x")), second, watermark));
        }
        return events;
    }

    /**
     * The watermarks that follow an event, second by second: over a leap of several, stock Flink tells of two timeouts the
     * later one.
     */
    int[] watermarks(Event event) {
        boolean last = event.line() == events.size();
        int before = events.subList(0, event.line() - 1).stream()
                .mapToInt(Event::watermark)
                .max()
                .orElse(-1);
        return IntStream.rangeClosed(before + 1, last ? event.second() + 20 : event.watermark())
                .toArray();
    }

    /** Whether a step, or the end of its repetitions, can be this event. */
    boolean asksFor(Event event) {
        return steps.stream().anyMatch(step -> (step.letters + step.until).contains(event.letter));
    }

    RuleFile file() {
        String written = steps.stream().map(DrawnSequence::written).collect(Collectors.joining("\n"));
        String skipping = "skip: " + skip + (skipTo.isEmpty() ? "" : "\nskip-to: " + skipTo);
        return SampleRules.file(
                "drawn",
                "kind: sequence\nwhere: kind == 'process.exit'\nwithin: " + seconds + "s\nsuppress: 0s\n" + skipping
                        + "\nmatch:\n" + written + "\n");
    }

    private static String written(Step step) {
        List<String> fields = new ArrayList<>(List.of("name: " + step.name, "contiguity: " + step.contiguity));
        if (step.letters.length() == 1) {
            fields.add("where: " + is(step.letters));
        } else {
            fields.add("any-of: ["
                    + IntStream.range(0, step.letters.length())
                            .mapToObj(i -> "{name: way" + i + ", where: " + is(step.letters.substring(i, i + 1)) + "}")
                            .collect(Collectors.joining(", "))
                    + "]");
        }
        boolean endless = step.most == Integer.MAX_VALUE;
        fields.add("times: " + step.least + (endless ? "+" : step.most > step.least ? ".." + step.most : ""));
        fields.add("not: " + step.not);
        fields.add("optional: " + step.optional);
        fields.add("greedy: " + step.greedy);
        if (!step.until.isEmpty()) {
            fields.add("until: " + is(step.until));
        }
        if (step.seconds > 0) {
            fields.add("within: " + step.seconds + "s");
        }
        return "  - {" + String.join(", ", fields) + "}";
    }

    private static String is(String letter) {
        return "attributes.reason == '" + letter + "'";
    }

    private static String pick(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public String toString() {
        return file().text() + "\n" + events;
    }
}
