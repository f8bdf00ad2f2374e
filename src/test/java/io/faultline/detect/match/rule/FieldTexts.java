package io.faultline.detect.match.rule;

import io.faultline.settings.YamlFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What editors say of each field, from src/test/resources/schema/rule-fields.yaml. */
final class FieldTexts {

    private static final Path FILE = Path.of("src/test/resources/schema/rule-fields.yaml");

    private final Map<String, String> texts = new TreeMap<>();
    private final Set<String> unused = new TreeSet<>();

    FieldTexts() {
        YamlFile.read(FILE).properties().forEach(section -> section.getValue()
                .properties()
                .forEach(field -> texts.put(
                        section.getKey() + ": " + field.getKey(),
                        field.getValue().asText())));
        unused.addAll(texts.keySet());
    }

    /**
     * The text of a field.
     *
     * @param sections where it may stand; the first that has it counts
     */
    String of(String section, String path, String... others) {
        String key = section + ": " + path;
        if (!texts.containsKey(key) && others.length > 0) {
            key = others[0] + ": " + path;
        }
        unused.remove(key);
        String text = texts.get(key);
        if (text == null) {
            throw new AssertionError(FILE + " says nothing of \"" + path + "\" of " + section);
        }
        return text;
    }

    Set<String> unused() {
        return unused;
    }
}
