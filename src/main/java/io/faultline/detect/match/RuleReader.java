package io.faultline.detect.match;

import io.faultline.detect.match.RuleDefinition.GroupPart;
import io.faultline.detect.match.RulePattern.Contiguity;
import io.faultline.detect.match.RulePattern.Progress;
import io.faultline.detect.match.RulePattern.Sequence;
import io.faultline.detect.match.RulePattern.Skip;
import io.faultline.detect.match.RulePattern.Spike;
import io.faultline.detect.match.RulePattern.Step;
import io.faultline.model.Alert;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.Level;
import io.faultline.settings.CheckedYaml;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks rules. All that is wrong with a file is told at once, each with its line. */
public final class RuleReader {

    private static final Pattern TIMES = Pattern.compile("(\\d{1,4})(?:(\\+)|\\.\\.(\\d{1,4}))?");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final ConditionCompiler conditions = new ConditionCompiler();

    /** The words of {@code kind}. */
    private enum Kind {
        SEQUENCE,
        PROGRESS,
        SPIKE
    }

    /**
     * Reads one file; where there are problems the definition that comes back is not to be used.
     *
     * @param problems gets {@code rules/x.yaml:LINE: path: text}
     */
    public RuleDefinition read(RuleFile file, Problems problems) {
        return CheckedYaml.read(file.name(), file.text(), problems, reader -> rule(file, reader));
    }

    private RuleDefinition rule(RuleFile file, SettingsReader reader) {
        String id = reader.requiredText("id");
        if (!id.equals(file.stem()) || !ID.matcher(id).matches()) {
            reader.problem("id", "\"" + id + "\" is not the file's name, in small letters, digits and hyphens");
        }
        required(reader, "level", "kind", "group-by", "cause");
        RulePattern pattern = pattern(reader);
        SettingsReader cause = reader.group("cause");
        required(cause, "category", "role");
        return new RuleDefinition(
                id,
                reader.number("version", 1, 1, 1_000_000),
                reader.requiredText("title"),
                reader.choice("status", RuleDefinition.Status.EXPERIMENTAL, RuleDefinition.Status.class),
                reader.choice("level", Level.MEDIUM, Level.class),
                reader.requiredText("description"),
                groupBy(reader),
                reader.duration("suppress", Duration.ofMinutes(10)),
                cause.choice("category", CauseCategory.UNKNOWN, CauseCategory.class),
                cause.choice("role", Alert.Role.SYMPTOM, Alert.Role.class),
                causeFrom(cause, pattern),
                reader.requiredText("response"),
                List.copyOf(reader.texts("falsepositives", List.of())),
                List.copyOf(reader.texts("references", List.of())),
                pattern);
    }

    private RulePattern pattern(SettingsReader reader) {
        return switch (reader.choice("kind", Kind.SEQUENCE, Kind.class)) {
            case SEQUENCE -> sequence(reader);
            case PROGRESS -> progress(reader);
            case SPIKE -> spike(reader);
        };
    }

    private Sequence sequence(SettingsReader reader) {
        String where = condition(reader, "where", false);
        List<Step> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SettingsReader step : reader.list("steps")) {
            steps.add(step(step));
            if (!names.add(steps.get(steps.size() - 1).name())) {
                step.problem("name", "is the name of another step too");
            }
        }
        if (steps.isEmpty() || steps.get(0).not()) {
            reader.problem("steps", "must begin with something that happens");
        }
        if (steps.size() > 60) {
            reader.problem("steps", "are more than 60");
        }
        for (Step step : steps.subList(Math.min(1, steps.size()), steps.size())) {
            if (step.not() && step.contiguity() == Contiguity.ANY) {
                reader.problem("steps", "\"" + step.name() + "\" can not be both not and any");
            }
        }
        boolean several = steps.size() > 1 || (steps.size() == 1 && steps.get(0).most() > 1);
        if (several) {
            required(reader, "within");
        }
        Duration within = reader.duration("within", Duration.ZERO);
        if (several && reader.has("within") && within.isZero()) {
            reader.problem("within", "must be longer than nothing");
        }
        return new Sequence(
                where,
                List.copyOf(steps),
                within,
                reader.choice("skip", Skip.PAST_LAST, Skip.class),
                condition(reader, "witnesses", false));
    }

    private Step step(SettingsReader reader) {
        String name = reader.requiredText("name");
        String where = condition(reader, "where", true);
        Contiguity contiguity = reader.choice("contiguity", Contiguity.RELAXED, Contiguity.class);
        String times = reader.text("times", "1");
        Matcher matcher = TIMES.matcher(times);
        int least = 1;
        int most = 1;
        if (matcher.matches()) {
            least = Integer.parseInt(matcher.group(1));
            most = matcher.group(2) != null ? Integer.MAX_VALUE : least;
            most = matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : most;
        }
        if (!matcher.matches() || least < 1 || most < least) {
            reader.problem("times", "\"" + times + "\" is not a number as 3, 3+ or 2..5");
        }
        boolean not = reader.flag("not", false);
        if (not && most > 1) {
            reader.problem("times", "does not go with not");
        }
        return new Step(name, where, contiguity, least, Math.max(least, most), not);
    }

    private Progress progress(SettingsReader reader) {
        SettingsReader pause = reader.group("pause");
        return new Progress(
                condition(reader, "progress", true),
                condition(reader, "demand", false),
                condition(pause, "from", false),
                condition(pause, "until", false),
                pause.duration("at-most", Duration.ofMinutes(30)),
                condition(reader, "stop", false),
                reader.decimal("factor", 5, 1, 1000),
                reader.duration("floor", Duration.ofMinutes(2)),
                reader.number("warm-up", 3, 0, 1000),
                reader.duration("max-silence", Duration.ofHours(6)));
    }

    private Spike spike(SettingsReader reader) {
        String measure = reader.requiredText("measure");
        if (!measure.isEmpty() && !Vocabulary.MEASURES.contains(measure)) {
            String hint = NearestWord.hint(measure, Vocabulary.MEASURES);
            reader.problem("measure", "unknown measure \"" + measure + "\"" + hint);
        }
        return new Spike(
                condition(reader, "where", true),
                measure,
                reader.decimal("factor", 3, 1, 1e9),
                reader.decimal("floor", 0, 0, 1e300),
                reader.number("times", 3, 1, Alert.MAX_EVIDENCE),
                reader.number("warm-up", 20, 1, 100_000),
                reader.duration("max-silence", Duration.ofHours(6)),
                condition(reader, "stop", false));
    }

    private String condition(SettingsReader reader, String key, boolean required) {
        String text = required ? reader.requiredText(key) : reader.text(key, "");
        if (!text.isBlank()) {
            conditions.compile(text, problem -> reader.problem(key, problem));
        }
        return text;
    }

    private static List<GroupPart> groupBy(SettingsReader reader) {
        List<GroupPart> parts = new ArrayList<>();
        for (String written : reader.texts("group-by", List.of())) {
            List<Entity.Level> alternatives = new ArrayList<>();
            for (String field : written.split("\\|", -1)) {
                String name = field.strip();
                if (Vocabulary.ENTITY.contains(name)) {
                    alternatives.add(Entity.Level.valueOf(name.toUpperCase(Locale.ROOT)));
                } else {
                    String hint = NearestWord.hint(name, Vocabulary.ENTITY);
                    reader.problem("group-by", "unknown part \"" + name + "\"" + hint);
                }
            }
            parts.add(new GroupPart(List.copyOf(alternatives)));
        }
        return List.copyOf(parts);
    }

    private static String causeFrom(SettingsReader cause, RulePattern pattern) {
        String from = cause.text("entity-from", "");
        if (!from.isEmpty()) {
            List<String> names = pattern instanceof Sequence sequence
                    ? sequence.steps().stream()
                            .filter(step -> !step.not())
                            .map(Step::name)
                            .toList()
                    : List.of();
            if (!names.contains(from)) {
                cause.problem("entity-from", "no step \"" + from + "\" happens" + NearestWord.hint(from, names));
            }
        }
        return from;
    }

    private static void required(SettingsReader reader, String... keys) {
        for (String key : keys) {
            if (!reader.has(key)) {
                reader.problem(key, "is missing");
            }
        }
    }
}
