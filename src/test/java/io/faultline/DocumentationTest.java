package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.DirectLogReader;
import io.faultline.cli.RunListener;
import io.faultline.cli.StoryLogs;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.ParserTrial;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.story.StoryReader;
import io.faultline.detect.match.story.StoryTrial;
import io.faultline.model.LogEvent;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say is what the program does. */
class DocumentationTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STORIES = Pattern.compile("```story ([a-z-]+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");

    @TempDir
    private Path directory;

    @Test
    void theXidOfTheArchitecturePageBecomesTheEventThatItShows() throws IOException {
        String page = Files.readString(Path.of("docs/ARCHITECTURE.md"));
        Path file = directory.resolve("gpu-a1.kernel.log");
        Files.writeString(file, blocks(page, "log").get(0));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T11:00:00Z")));

        DirectLogReader reader = new DirectLogReader();
        List<LogEvent> events = new ArrayList<>();
        reader.read(List.of(file), ZoneOffset.UTC, RunListener.NONE, events::add, rejected -> {});

        JsonNode shown = new ObjectMapper().readTree(blocks(page, "json").get(0));
        JsonNode stored = new ObjectMapper().readTree(reader.document(events.get(0)));
        assertThat(events).hasSize(1);
        shown.fields().forEachRemaining(field -> assertThat(stored.get(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
    }

    @Test
    void theRulesOfTheRulesPageAreRules() throws IOException {
        List<String> rules = blocks(Files.readString(Path.of("docs/RULES.md")), "yaml");
        for (String rule : rules) {
            String id = rule.substring("id: ".length(), rule.indexOf('\n'));
            Files.writeString(directory.resolve(id + ".yaml"), rule);
        }

        String family =
                blocks(Files.readString(Path.of("docs/RULES.md")), "family").get(0);
        Files.writeString(directory.resolve("family.yaml"), family);

        RuleSet read = RuleSet.read(directory);

        assertThat(read.rules()).hasSize(rules.size() + 2).hasSizeGreaterThan(4);
        assertThat(stories()).hasSize(4).allSatisfy(story -> assertThat(
                        new StoryTrial(read).run(story).differences())
                .isEmpty());
    }

    private static List<Story> stories() throws IOException {
        Problems problems = new Problems();
        StoryReader reader = new StoryReader(new StoryLogs(DirectLogReader::new, new ParseSettings(ZoneOffset.UTC)));
        List<Story> stories = new ArrayList<>();
        STORIES.matcher(Files.readString(Path.of("docs/RULES.md")))
                .results()
                .map(block -> new RuleFile(block.group(1) + ".yaml", block.group(2)))
                .forEach(file -> stories.addAll(reader.read(file, problems)));
        assertThat(problems.all()).isEmpty();
        return stories;
    }

    @Test
    void theParsersOfTheParsersPageAreParsersThatPassTheirTests() throws IOException {
        List<String> texts = blocks(Files.readString(Path.of("docs/PARSERS.md")), "yaml");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(directory.resolve(i + ".yaml"), texts.get(i));
        }
        Problems problems = new Problems();

        List<ParserFile> files = ParseSettings.parserFiles(List.of(directory), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(files).hasSameSizeAs(texts).hasSizeGreaterThan(1);
        ParserTrial trial = new ParserTrial(new ParseSettings(
                ZoneOffset.UTC, files.stream().map(ParserFile::definition).toList()));
        for (ParserFile file : files) {
            assertThat(file.warnings()).isEmpty();
            assertThat(trial.run(file)).allMatch(ParserTrial.Result::passed);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFile(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            assertThat(page.resolveSibling(links.group(1)))
                    .as("link in %s", page)
                    .exists();
        }
    }

    static List<Path> pages() {
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> blocks(String page, String language) {
        return BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
