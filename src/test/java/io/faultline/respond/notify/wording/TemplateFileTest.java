package io.faultline.respond.notify.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.notify.channel.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateFileTest {

    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void aShippedOneHasEveryWordAndIsItselfWhenItIsCopied(Language language) throws IOException {
        MessageTemplate shipped = ShippedTemplates.of(language);

        MessageTemplate copy = read(ShippedTemplates.text(language), Language.EN);

        assertThat(problems).isEmpty();
        assertThat(shipped.words().values()).doesNotContain("");
        assertThat(shipped.counts().values()).doesNotContain("");
        assertThat(copy.subject()).isEqualTo(shipped.subject());
        assertThat(copy.body()).isEqualTo(shipped.body());
        assertThat(copy.words()).isEqualTo(shipped.words());
    }

    @Test
    void whatItDoesNotSayTheShippedOneOfTheLanguageSays() throws IOException {
        MessageTemplate read = read("words: {critical: P0}\nsubject: \"{{severity}} {{title}}\"\n", Language.ZH);

        assertThat(problems).isEmpty();
        assertThat(read.words()).containsEntry("critical", "P0").containsEntry("high", "高");
        assertThat(read.language()).isEqualTo("zh");
        assertThat(read.body()).isEqualTo(ShippedTemplates.of(Language.ZH).body());
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceWithItsLine() throws IOException {
        read(
                """
                subject: "{{tilte}}"
                words:
                  critcal: P0
                counts:
                  more: "{{title}}"
                body:
                  - fact: where
                    value: "{{#scope}}{{levle}} {{titel}}{{/scope}}"
                  - list: evidence
                    each: evidences
                    line: "{{text}}"
                  - list: what to do
                    each: advice
                    line: "{{text}}"
                  - fact: cost
                    link: cost
                  - link: wiki
                    url: wiki/{{incident}}
                """,
                Language.EN);

        assertThat(problems)
                .containsExactly(
                        "my.yaml:1: subject: there is no field \"tilte\", did you mean \"title\"?",
                        "my.yaml:5: counts.more: there is no field \"title\"",
                        "my.yaml:8: body[0].value: there is no field \"levle\", did you mean \"level\"?",
                        "my.yaml:8: body[0].value: there is no field \"titel\", did you mean \"title\"?",
                        "my.yaml:10: body[1].each: \"evidences\" is not one of changes, evidence, advice, others,"
                                + " did you mean \"evidence\"?",
                        "my.yaml:14: body[2].line: there is no field \"text\", did you mean \"test\"?",
                        "my.yaml:15: body[3].(part): has to be one of fact, text, link, list, not several",
                        "my.yaml:18: body[4].url: is no http or https URL",
                        "my.yaml:3: words.critcal: unknown, did you mean \"critical\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{evidence}}          | \"evidence\" is a list; write {{#evidence}}…{{/evidence}}",
                "{{cause}}             | \"cause\" is a group of fields; write {{#cause}}…{{/cause}}",
                "{{test}}              | \"test\" is yes or no; write {{#test}}…{{/test}}",
                "{{.}}                 | {{.}} stands for a group of fields here; name one of its fields",
                "{{title.bytes}}       | there is no field \"title.bytes\"",
                "{{class}}             | there is no field \"class\"",
                "{{>/etc/passwd}}      | {{>/etc/passwd}} would need another template",
                "{{<a}}{{/a}}          | {{>a}} would need another template",
                "{{#test}}never closed | is no Mustache: Failed to close 'test' tag",
                "{{#others}}{{#others}}{{#others}}{{#others}}{{#others}}x{{/others}}{{/others}}{{/others}}{{/others}}{{/others}}"
                        + " | {{#others}} is nested more than 4 deep"
            })
    void saysWhatAFieldCanNotDo(String subject, String problem) throws IOException {
        read("subject: '" + subject + "'\n", Language.EN);

        assertThat(problems).containsExactly("my.yaml:1: subject: " + problem);
    }

    @Test
    void aFileThatIsNotThereIsAProblemAndTheShippedOneStays() {
        MessageTemplate read = TemplateFile.read(directory.resolve("none.yaml"), Language.ZH, problems::add);

        assertThat(problems).containsExactly(directory.resolve("none.yaml") + ": there is no such file");
        assertThat(read).isEqualTo(ShippedTemplates.of(Language.ZH));
    }

    private MessageTemplate read(String yaml, Language language) throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), yaml);
        return TemplateFile.read(
                file, language, problem -> problems.add(problem.replace(directory.toString() + "/", "")));
    }
}
