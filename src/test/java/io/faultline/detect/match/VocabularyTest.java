package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");

    @Test
    void isTheOneOfThePageOfKinds() throws Exception {
        Set<String> measures = new TreeSet<>();
        Set<String> attributes = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/KINDS.md"))) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length >= 4) {
                words(cells[2], measures);
                words(cells[3].replaceAll("\\([^)]*\\)", ""), attributes);
            }
        }

        assertThat(measures).isNotEmpty().isEqualTo(Vocabulary.MEASURES);
        assertThat(attributes).isNotEmpty().isEqualTo(Vocabulary.ATTRIBUTES);
    }

    private static void words(String cell, Set<String> into) {
        Matcher matcher = WORD.matcher(cell);
        while (matcher.find()) {
            into.add(matcher.group(1));
        }
    }
}
