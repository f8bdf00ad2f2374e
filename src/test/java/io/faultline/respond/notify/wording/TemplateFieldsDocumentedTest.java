package io.faultline.respond.notify.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/NOTIFY.md} lists the fields of templates, all of them and no others, in their order. */
class TemplateFieldsDocumentedTest {

    private static final String HEAD = "| field | what it says |";

    @Test
    void everyFieldHasItsRow() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/NOTIFY.md")).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.split("`", 3)[1])
                .toList();

        assertThat(rows).containsExactlyElementsOf(names("", FieldType.OF_A_MESSAGE));
    }

    private static List<String> names(String path, FieldType type) {
        List<String> names = new ArrayList<>();
        if (type instanceof FieldType.Group group) {
            String prefix = path.isEmpty() ? "" : path + ".";
            group.fields().forEach((name, field) -> names.addAll(names(prefix + name, field)));
        } else if (type instanceof FieldType.Items items) {
            names.addAll(names(path + "[]", items.element()));
        } else {
            names.add(path);
        }
        return names;
    }
}
