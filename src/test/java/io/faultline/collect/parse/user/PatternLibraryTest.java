package io.faultline.collect.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternLibraryTest {

    private final List<String> problems = new ArrayList<>();

    /** Each shipped name reads this text whole, and {@code value} of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "INT|-1,234|",
                "INT|17|",
                "NUMBER|1.2e+03|",
                "NUMBER|-inf|",
                "NUMBER|N/A|",
                "NUMBER|12,345.5|",
                "HEX|0x7fA0|",
                "PERCENT|56.3%|",
                "DURATION|1m2.5s|",
                "DURATION|482.99 ms|",
                "DURATION|1:02:03|",
                "SIZE|8.6GiB|",
                "BOOL|True|",
                "DATE|2026-03-01|",
                "CLOCK|10:00:00,250|",
                "ZONE|+01:00|",
                "ISO8601|2026-03-01T10:00:00.250Z|",
                "MONTHDAY|03-01 10:00:00|",
                "SYSLOGTIME|Mar  1 10:00:00|",
                "EPOCH|1772359202.5|",
                "TIMESTAMP|2026-03-01 10:00:00,250|",
                "LEVEL|Warning|",
                "WORD|gpu_a1|",
                "NAME|torch.distributed|",
                "NOTSPACE|a/b;c|",
                "TEXT|any thing|",
                "REST|any thing|",
                "SPACE|   |",
                "QUOTED|\"a \\\"b\\\"\"|a \\\"b\\\"",
                "SINGLE_QUOTED|'a b'|a b",
                "BRACKETED|[a b]|a b",
                "PARENTHESISED|(a b)|a b",
                "VERSION|v2.10.0+cu121|",
                "SHA|e755035|",
                "UUID|123e4567-e89b-12d3-a456-426614174000|",
                "EMAIL|a.b@example.org|",
                "IPV4|10.0.0.17|",
                "IPV6|fd00::17|",
                "IP|::1|",
                "HOST|gpu-a1.example.org|",
                "PORT|8000|",
                "HOSTPORT|[fd00::17]:8000|",
                "MAC|0c:42:a1:00:00:17|",
                "URL|https://example.org/a?b=c|",
                "URLPATH|/v1/models?limit=3|",
                "PATH|/data/ckpt/step_100|",
                "FILE_LINE|core.py:17|",
                "PID|4711|",
                "METHOD|POST|",
                "STATUS|503|",
                "RANK|12|",
                "PCI|0000:9b:00.0|",
                "GPU_UUID|GPU-123e4567-e89b-12d3-a456-426614174000|",
            })
    void readsWhatEachShippedNameStandsFor(String name, String text, String value) {
        LinePattern pattern = new PatternLibrary().match("{" + name + ":field}!", problems::add);

        assertThat(problems).isEmpty();
        Matcher matcher = Pattern.compile(pattern.regex()).matcher(text + "!");
        assertThat(matcher.matches()).isTrue();
        assertThat(matcher.group("field")).isEqualTo(value == null ? text : value);
    }

    @Test
    void hasATestForEachShippedName() throws Exception {
        CsvSource cases = getClass()
                .getDeclaredMethod("readsWhatEachShippedNameStandsFor", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        List<String> names = new ArrayList<>();
        for (String row : cases.value()) {
            names.add(row.substring(0, row.indexOf('|')));
        }

        assertThat(names).containsAll(PatternLibrary.shippedPatterns().keySet());
    }

    @Test
    void takesAllButTheBracesAsItStands() {
        LinePattern pattern = new PatternLibrary().match("a.b (c) [d] {{e}} $1 ^ | {INT:n}", problems::add);

        assertThat(problems).isEmpty();
        assertThat(Pattern.matches(pattern.regex(), "a.b (c) [d] {e} $1 ^ | 17"))
                .isTrue();
        assertThat(Pattern.matches(pattern.regex(), "a.b   (c) [d]\t{e} $1 ^ | 17"))
                .isTrue();
        assertThat(Pattern.matches(pattern.regex(), "axb (c) [d] {e} $1 ^ | 17"))
                .isFalse();
    }

    @Test
    void letsAPartBeAbsent() {
        LinePattern pattern = new PatternLibrary().match("a{? took {INT:n}?} end", problems::add);

        assertThat(Pattern.matches(pattern.regex(), "a end")).isTrue();
        assertThat(Pattern.matches(pattern.regex(), "a took 3 end")).isTrue();
        assertThat(Pattern.matches(pattern.regex(), "a took end")).isFalse();
    }

    @Test
    void tellsHowFarALineWasRead() {
        LinePattern pattern = new PatternLibrary().match("step={INT:step} loss={NUMBER:loss}", problems::add);

        assertThat(pattern.whyNot("epoch 3")).isEqualTo("\"epoch 3\" does not begin with \"step=\"");
        assertThat(pattern.whyNot("step=12 loss=abc"))
                .isEqualTo("it reads \"step=12 loss=\", but \"abc\" does not go on with {NUMBER:loss}");
        assertThat(pattern.whyNot("step=12 loss=1 and more")).isEqualTo("it ends, and \" and more\" is left over");
        assertThat(pattern.whyNot("step=12"))
                .isEqualTo("it reads \"step=12\", but the end of the line does not go on with \" loss=\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{IMT:step} | unknown pattern \"IMT\", did you mean \"INT\"?",
                "{INT:a} {INT:a} | the field \"a\" stands twice in one pattern",
                "{INT:1a} | \"1a\" is no name of a field: letters, digits and _, a letter first",
                "{INT:a | \"{\" is never closed; {{ is a brace itself",
                "a {? b | \"{?\" is never closed by \"?}\"",
                "a ?} b | \"?}\" ends no \"{?\"",
                "{TEXT:a} | matches an empty line, so it would take every line's place",
            })
    void tellsWhatIsWrongWithALine(String match, String problem) {
        assertThat(new PatternLibrary().match(match, problems::add)).isNull();
        assertThat(problems).containsExactly(problem);
    }

    @Test
    void tellsWhatRe2CanNot() {
        assertThat(new PatternLibrary().pattern("(?P<a>x)(?=y)", problems::add)).isNull();
        assertThat(problems).singleElement().asString().contains("is no RE2 pattern", "RE2 has no look-around");
    }

    @Test
    void tellsAPatternThatIsMadeOfItself() {
        PatternLibrary library = new PatternLibrary();
        library.add("LOOP", "x%{LOOP}");

        assertThat(library.match("{LOOP:a}", problems::add)).isNull();
        assertThat(problems).containsExactly("the pattern \"LOOP\" is made of itself");
    }
}
