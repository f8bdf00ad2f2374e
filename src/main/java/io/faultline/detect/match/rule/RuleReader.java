package io.faultline.detect.match.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.detect.match.rule.RuleDefinition.GroupPart;
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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads and checks rules. All that is wrong with a file is told at once, each with its line. */
public final class RuleReader {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final ConditionCompiler conditions = new ConditionCompiler();

    /** The words of {@code kind}. */
    enum Kind {
        SEQUENCE,
        PROGRESS,
        SPIKE,
        THRESHOLD,
        RATIO,
        FREQUENCY,
        DISTINCT,
        COMBINATION,
        SILENT_RANK,
        PEERS,
        ABSENCE,
        CHANGE,
        NEW_VALUE,
        RARE
    }

    /**
     * Reads one file; where there are problems the definition that comes back is not to be used.
     *
     * @param problems gets {@code rules/x.yaml:LINE: path: text}
     */
    public RuleDefinition read(RuleFile file, Problems problems) {
        return read(file, 0, problems);
    }

    /** Asks for all that a rule of a kind can say. */
    SettingsReader ask(Kind kind) {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        SettingsReader reader =
                SettingsReader.ofAll(JsonNodeFactory.instance.objectNode().put("kind", word));
        rule(new RuleFile("", ""), 0, reader);
        return reader;
    }

    /** @param version what the rule is counted as, whatever its text says; 0 for what the text says */
    public RuleDefinition read(RuleFile file, int version, Problems problems) {
        if (file.isFamily()) {
            return family(file, problems);
        }
        return CheckedYaml.read(
                file.name(),
                file.text(),
                path -> file.places().place(path),
                problems,
                reader -> rule(file, version, reader));
    }

    /** Tells why it did not become rules. */
    private RuleDefinition family(RuleFile file, Problems problems) {
        int before = problems.all().size();
        RuleFamily.expand(file, problems);
        if (problems.all().size() == before) {
            problems.add(file.name() + ":1", "is a family of rules, and not one rule");
        }
        return rule(file, 0, SettingsReader.ofAll(MissingNode.getInstance()));
    }

    private RuleDefinition rule(RuleFile file, int version, SettingsReader reader) {
        String id = reader.requiredText("id");
        if (!id.equals(file.stem()) || !ID.matcher(id).matches()) {
            reader.problem("id", "\"" + id + "\" is not the file's name, in small letters, digits and hyphens");
        }
        List.of("level", "kind", "group-by").forEach(reader::require);
        PatternReader fields = new PatternReader(reader, conditions, Constants.read(reader));
        RulePattern pattern = pattern(reader, fields);
        SettingsReader ignored = reader.group("lint-ignore");
        ignored.keys().forEach(ignored::requiredText);
        SettingsReader cause = reader.group("cause");
        int written = reader.number("version", 1, 1, 1_000_000);
        return new RuleDefinition(
                id,
                version == 0 ? written : version,
                reader.requiredText("title"),
                reader.choice("status", RuleDefinition.Status.EXPERIMENTAL, RuleDefinition.Status.class),
                reader.choice("level", Level.MEDIUM, Level.class),
                reader.text("description", "").strip(),
                groupBy(reader),
                fields.conditions("exceptions"),
                reader.duration("suppress", Duration.ofMinutes(10)),
                Resolution.read(fields),
                cause.choice("category", CauseCategory.UNKNOWN, CauseCategory.class),
                cause.choice("role", Alert.Role.SYMPTOM, Alert.Role.class),
                causeFrom(cause, pattern),
                reader.requiredText("response").strip(),
                List.copyOf(reader.texts("falsepositives", List.of())),
                List.copyOf(reader.texts("references", List.of())),
                reader.choice("on-change", RuleDefinition.OnChange.RESET, RuleDefinition.OnChange.class),
                RuleLimits.read(reader.group("limits")),
                pattern);
    }

    private static RulePattern pattern(SettingsReader reader, PatternReader fields) {
        return switch (reader.choice("kind", Kind.SEQUENCE, Kind.class)) {
            case SEQUENCE -> SequencePattern.read(fields);
            case PROGRESS -> ProgressPattern.read(fields);
            case SPIKE -> SpikePattern.read(fields);
            case THRESHOLD -> WindowPattern.threshold(fields);
            case RATIO -> WindowPattern.ratio(fields);
            case FREQUENCY -> FrequencyPattern.read(fields);
            case DISTINCT -> DistinctPattern.read(fields);
            case COMBINATION -> DistinctPattern.combination(fields);
            case SILENT_RANK -> SilentRankPattern.read(fields);
            case PEERS -> PeersPattern.read(fields);
            case ABSENCE -> AbsencePattern.read(fields);
            case CHANGE -> ChangePattern.read(fields);
            case NEW_VALUE -> NewValuePattern.read(fields);
            case RARE -> RarePattern.read(fields);
        };
    }

    private static List<GroupPart> groupBy(SettingsReader reader) {
        List<GroupPart> parts = new ArrayList<>();
        for (String written : reader.texts("group-by", List.of())) {
            List<Entity.Level> alternatives = new ArrayList<>();
            for (String field : written.split("\\|", -1)) {
                String name = field.strip();
                if (Vocabulary.ENTITY.contains(name)) {
                    alternatives.add(Entity.Level.ofField(name));
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
            List<String> names = pattern instanceof SequencePattern sequence
                    ? sequence.steps().stream()
                            .filter(step -> !step.not())
                            .map(SequenceStep::name)
                            .toList()
                    : List.of();
            if (!names.contains(from)) {
                cause.problem("entity-from", "no step \"" + from + "\" happens" + NearestWord.hint(from, names));
            }
        }
        return from;
    }
}
