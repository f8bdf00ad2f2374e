package io.faultline.detect.match.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.settings.CheckedYaml;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A file of rules that are alike: a template, and what each instance says for the names that the template leaves open. */
final class RuleFamily {

    private static final Pattern HEAD = Pattern.compile("^(template|instances):", Pattern.MULTILINE);

    private final RuleFile file;
    private final JsonNode template;

    private RuleFamily(RuleFile file, JsonNode template) {
        this.file = file;
        this.template = template;
    }

    static boolean is(String text) {
        return HEAD.matcher(text).find();
    }

    /**
     * The instances as rules; where there are problems they are not to be used.
     *
     * @param problems gets {@code rules/x.yaml:LINE: instances[0].name: text}
     */
    static List<RuleFile> expand(RuleFile file, Problems problems) {
        return CheckedYaml.read(file.name(), file.text(), problems, reader -> read(file, reader));
    }

    private static List<RuleFile> read(RuleFile file, SettingsReader reader) {
        JsonNode template = reader.value("template", node -> node);
        if (reader.require("template") && (template == null || !template.isObject() || template.has("id"))) {
            reader.problem("template", "must be a rule without an id, which each instance has for itself");
        }
        List<SettingsReader> instances = reader.list("instances");
        if (reader.require("instances") && instances.isEmpty()) {
            reader.problem("instances", "there is none");
        }
        RuleFamily family = new RuleFamily(file, Objects.requireNonNullElse(template, MissingNode.getInstance()));
        List<RuleFile> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (SettingsReader instance : instances) {
            RuleFile rule = family.instance(instance, rules.size());
            if (!ids.add(rule.stem())) {
                instance.problem("id", "is the id of another instance too");
            }
            rules.add(rule);
        }
        return rules;
    }

    private RuleFile instance(SettingsReader instance, int number) {
        String id = instance.requiredText("id");
        Map<String, JsonNode> values = new TreeMap<>();
        for (String name : instance.keys()) {
            if (!name.equals("id")) {
                values.put(name, Objects.requireNonNull(instance.value(name, node -> node)));
            }
        }
        TemplateHoles holes = new TemplateHoles(values);
        JsonNode filled = holes.fill(template);
        for (String name : holes.unknown()) {
            String hint = NearestWord.hint(name, holes.unused());
            instance.problem(name, "\"" + id + "\" does not say what ${" + name + "} is" + hint);
        }
        for (String name : holes.unused()) {
            String hint = NearestWord.hint(name, holes.unknown());
            instance.problem(name, "\"" + id + "\" says it, but there is no ${" + name + "} in the template" + hint);
        }
        for (String name : holes.broken()) {
            instance.problem(name, "\"" + id + "\" has more than one value there; ${" + name + "} has to stand alone");
        }
        ObjectNode rule = JsonNodeFactory.instance.objectNode().put("id", id);
        filled.properties().forEach(field -> rule.set(field.getKey(), field.getValue()));
        String text = "# Of the family " + file.stem() + ".\n" + YamlFile.write(rule);
        return new RuleFile(file.name(), text, new RuleFile.Instance(id, number, file.text()));
    }
}
