package io.faultline.collect.literals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.collect.literals.LiteralScanner.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralScannerTest {

    @Test
    void findsLiteralsThatOverlapAndThatStandInsideOfEachOther() {
        LiteralScanner scanner = new LiteralScanner(List.of("he", "she", "hers", "his"), Fold.NOTHING);

        assertThat(found(scanner, "ushers")).containsExactlyInAnyOrder("1@4", "0@4", "2@6");
    }

    @Test
    void takesCapitalsForSmallLettersOnlyWhereAsked() {
        assertThat(found(new LiteralScanner(List.of("Key="), Fold.CASE), "API_KEY=1"))
                .containsExactly("0@8");
        assertThat(found(new LiteralScanner(List.of("Key="), Fold.NOTHING), "API_KEY=1"))
                .isEmpty();
    }

    @Test
    void takesAnyDigitForAnyOther() {
        LiteralScanner scanner = new LiteralScanner(List.of("000-00"), Fold.CASE_AND_DIGITS);

        assertThat(found(scanner, "219-09-9999")).containsExactly("0@6");
    }

    @Test
    void findsLiteralsOfAnyAlphabet() {
        assertThat(found(new LiteralScanner(List.of("手机", "│ "), Fold.CASE), "的手机 │ x"))
                .containsExactly("0@3", "1@6");
    }

    @Test
    void findsTheSameAsLookingForOneAfterTheOther() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> literals = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                literals.add(text(random, 1 + random.nextInt(5)));
            }
            String text = text(random, random.nextInt(400)).replace("aaa", "zzzzzzzzzzzzzzzz");
            LiteralScanner scanner = new LiteralScanner(literals, Fold.NOTHING);

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < literals.size(); i++) {
                for (int at = text.indexOf(literals.get(i)); at >= 0; at = text.indexOf(literals.get(i), at + 1)) {
                    expected.add(i + "@" + (at + literals.get(i).length()));
                }
            }
            assertThat(found(scanner, text)).as("round %s", round).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(scanner.anyIn(text.toCharArray(), text.length())).isEqualTo(!expected.isEmpty());
        }
    }

    @Test
    void refusesALiteralThatWouldBeEverywhere() {
        assertThatThrownBy(() -> new LiteralScanner(List.of("a", ""), Fold.CASE))
                .hasMessage("an empty literal would be found everywhere");
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static List<String> found(LiteralScanner scanner, String text) {
        List<String> found = new ArrayList<>();
        scanner.scan(text, (literal, end) -> found.add(literal + "@" + end));
        return found;
    }
}
