package io.faultline.detect.match.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.condition.ConditionTree;
import io.faultline.detect.match.rule.Constants;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.settings.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule that was read, with its text at hand. */
final class LintedRule {

    private final RuleFile file;
    private final RuleDefinition definition;
    private final JsonNode yaml;
    private final RuleFile.Places places;
    private final Constants constants;
    private final List<LintedCondition> conditions = new ArrayList<>();
    private final List<LintedCondition> exceptions = new ArrayList<>();
    private @Nullable LintedCondition resolve;
    private final Set<String> ignored = new TreeSet<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    LintedRule(RuleFile file, RuleDefinition definition, ConditionCompiler compiler) {
        this.file = file;
        this.definition = definition;
        this.yaml = YamlFile.parse(file.name(), file.text());
        this.places = file.places();
        this.constants = Constants.of(yaml);
        yaml.path("lint-ignore").fieldNames().forEachRemaining(ignored::add);
        collect("", yaml);
        addConditions(compiler);
    }

    RuleFile file() {
        return file;
    }

    RuleDefinition definition() {
        return definition;
    }

    String id() {
        return definition.id();
    }

    /** Each condition that an event can meet or not, the rule's {@code where} among them. */
    List<LintedCondition> conditions() {
        return conditions;
    }

    /** What an event must not be. */
    List<LintedCondition> exceptions() {
        return exceptions;
    }

    /** What ends its alerts. */
    Optional<LintedCondition> resolve() {
        return Optional.ofNullable(resolve);
    }

    /** Each condition that an event is asked, wherever it stands. */
    List<LintedCondition> allConditions() {
        return Stream.of(conditions.stream(), exceptions.stream(), resolve().stream())
                .flatMap(one -> one)
                .toList();
    }

    /** Whether the rule says why it is left as it is; asked where it is found. */
    boolean ignores(LintCode code) {
        ignored.remove(code.severity() == LintCode.Severity.WARNING ? code.id() : "");
        return code.severity() == LintCode.Severity.WARNING
                && yaml.path("lint-ignore").has(code.id());
    }

    /** What is ignored though nobody found it. */
    Set<String> ignoredInVain() {
        return ignored;
    }

    boolean isCombination() {
        return yaml.path("kind").asText().equals("combination");
    }

    Optional<LintedCondition> condition(String path) {
        return conditions.stream().filter(one -> one.path().equals(path)).findFirst();
    }

    /** The kinds that the rule looks at. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        conditions.stream()
                .filter(condition -> !condition.path().equals("where") || conditions.size() == 1)
                .forEach(condition -> kinds.addAll(condition.kinds()));
        return kinds;
    }

    boolean has(String key) {
        return yaml.hasNonNull(key);
    }

    JsonNode yaml() {
        return yaml;
    }

    /** All texts of the file by their paths. */
    Map<String, String> texts() {
        return texts;
    }

    int line(String path) {
        return places.line(path);
    }

    private void collect(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            collect(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "[" + i + "]", node.get(i));
            }
        } else if (node.isTextual()) {
            texts.put(path, node.asText());
        }
    }

    private void addConditions(ConditionCompiler compiler) {
        String where = definition.pattern().where();
        Cases around = new Cases(List.of(List.of()), true);
        if (!where.isBlank()) {
            ConditionTree tree = compiler.tree(where);
            around = Cases.of(tree, true);
            conditions.add(new LintedCondition("where", tree, around));
        }
        for (String condition : definition.pattern().conditions()) {
            if (!condition.isBlank()) {
                ConditionTree tree = compiler.tree(condition);
                Cases cases = around.and(Cases.of(tree, true));
                conditions.add(new LintedCondition(path(condition), tree, cases));
            }
        }
        if (definition.resolve().hasCondition()) {
            ConditionTree tree = compiler.tree(definition.resolve().when());
            resolve = new LintedCondition("resolve.when", tree, Cases.of(tree, true));
        }
        for (int i = 0; i < definition.exceptions().size(); i++) {
            ConditionTree tree = compiler.tree(definition.exceptions().get(i));
            Cases cases = around.and(Cases.of(tree, true));
            exceptions.add(new LintedCondition("exceptions[" + i + "]", tree, cases));
        }
    }

    /** Where a condition stands that has no place in the rule yet. */
    private String path(String condition) {
        return texts.entrySet().stream()
                .filter(text -> constants.into(text.getValue(), unknown -> {}).equals(condition))
                .map(Map.Entry::getKey)
                .filter(path -> condition(path).isEmpty())
                .findFirst()
                .orElse(isCombination() ? "rules" : "match");
    }
}
