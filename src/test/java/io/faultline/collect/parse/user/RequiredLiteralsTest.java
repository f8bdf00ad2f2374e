package io.faultline.collect.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredLiteralsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "step=\\d+loss= step=,loss=",
                "abc?d ab,d",
                "abc*d ab,d",
                "ab+cd ab,cd",
                "a{0,3}bc bc",
                "ab{2}cd ab,cd",
                "(?:took)?done done",
                "(?P<x>took)done took,done",
                "(?:one|two)done done",
                "\\[rank\\d\\] [rank,]",
                "[abc]def[^]x]ghi def,ghi",
                "(?i:took)done done",
                "x\\x41y x,y",
                "\\pLxy xy",
                "a.b a,b",
                "`is down` is,down",
                "größe gr,e",
                "(?:(?:in)side)? -",
                "one|two -",
                "(?i)took -",
                "\\Qtook\\E -",
                "\\d+ -",
            })
    void findsTheTextsThatEveryMatchHolds(String regex, String literals) {
        List<String> expected = literals.equals("-") ? List.of() : Arrays.asList(literals.split(","));

        assertThat(RequiredLiterals.of(regex)).isEqualTo(expected);
    }

    @Test
    void keepsTheLongestOfMany() {
        assertThat(RequiredLiterals.of("a.bb.ccc.dddd.eeeee.ff")).containsExactly("bb", "ccc", "dddd", "eeeee");
    }

    /** All parts of all shipped patterns pass through it: none may ask for what a match need not hold. */
    @Test
    void demandsNothingOfThePatternsOfTheLibraryThatTheyDoNotHold() {
        assertThat(demandedBy("{DURATION:x}")).isEmpty();
        assertThat(demandedBy("{TIMESTAMP:x}")).isEmpty();
        assertThat(demandedBy("{LEVEL:x}")).isEmpty();
        assertThat(demandedBy("{NUMBER:x}")).isEmpty();
        assertThat(demandedBy("{URL:x}")).containsExactly("://");
        assertThat(demandedBy("{BRACKETED:x}")).containsExactly("[", "]");
        assertThat(demandedBy("a b{? c d?} e")).containsExactly("a", "b", "e");
    }

    private static List<String> demandedBy(String match) {
        LinePattern pattern = new PatternLibrary().match(match, problem -> {
            throw new AssertionError(problem);
        });
        return RequiredLiterals.of(pattern.regex());
    }
}
