package io.faultline.detect.match.graph;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions of nodes to CEL. */
final class GraphConditions {

    private static final String FLINK = "org.apache.flink.cep.pattern.conditions.";

    private final ConditionCompiler compiler = new ConditionCompiler();
    private final Map<String, String> fields;

    /** @param fields what names of expressions are in CEL */
    GraphConditions(Map<String, String> fields) {
        this.fields = fields;
    }

    /** @param absent what it is where it is not given */
    String read(SettingsReader around, String key, String absent) {
        SettingsReader condition = around.group(key);
        return around.has(key) ? read(condition) : absent;
    }

    private String read(SettingsReader condition) {
        String type = condition.requiredText("type");
        return switch (type) {
            case "AVIATOR", "GROOVY" -> expression(condition);
            case "CLASS" -> ofClass(condition);
            default -> {
                condition.problem("type", "\"" + type + "\" is none of AVIATOR, GROOVY and CLASS");
                yield "false";
            }
        };
    }

    private String expression(SettingsReader condition) {
        int[] problems = {0};
        String text = condition.requiredText("expression");
        String cel = Expression.toCel(text, fields, problem -> {
            problems[0]++;
            condition.problem("expression", problem);
        });
        if (problems[0] == 0 && !text.isEmpty()) {
            compiler.compile(cel, problem -> condition.problem("expression", cel + ": " + problem));
        }
        return cel;
    }

    /** Flink's own compositions hold conditions; what another class does nobody can read here. */
    private String ofClass(SettingsReader condition) {
        String name = condition.requiredText("className");
        condition.texts("args", List.of());
        condition.text("subClassName", "");
        List<SettingsReader> nested = condition.list("nestedConditions");
        List<String> parts = nested.stream().map(this::read).toList();
        String junction =
                name.equals(FLINK + "RichAndCondition") ? " && " : name.equals(FLINK + "RichOrCondition") ? " || " : "";
        if (!junction.isEmpty() && !parts.isEmpty()) {
            return parts.stream().map(part -> "(" + part + ")").collect(Collectors.joining(junction));
        }
        if (name.equals(FLINK + "RichNotCondition") && parts.size() == 1) {
            return "!(" + parts.get(0) + ")";
        }
        condition.problem("className", name + " is a Java class; write what it asks as an expression");
        return "false";
    }
}
