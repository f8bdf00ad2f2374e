package io.faultline.cli;

import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.LineSource;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.story.StoryReader;
import io.faultline.settings.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules and their stories as a person names them.
 *
 * @param name the directory; {@code the shipped rules} for those
 * @param rules the rules' files
 * @param stories the stories of all of them
 */
record RuleFolder(String name, List<RuleFile> rules, List<Story> stories) {

    RuleFolder {
        rules = List.copyOf(rules);
        stories = List.copyOf(stories);
    }

    /** Tells which of the directories are none. */
    static void check(List<Path> directories, Problems problems) {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                problems.add(directory.toString(), "is not a directory");
            }
        }
    }

    /**
     * Reads directories; the shipped rules where there are none.
     *
     * @param problems gets what is wrong with stories, as {@code stories/x.yaml:LINE: path: text}
     */
    static List<RuleFolder> read(List<Path> directories, LineSource lines, Problems problems) {
        StoryReader reader = new StoryReader(lines);
        if (directories.isEmpty()) {
            List<Story> stories = stories(StoryReader.shipped(), reader, problems);
            return List.of(new RuleFolder("the shipped rules", RuleSet.shippedFiles(), stories));
        }
        return directories.stream()
                .map(directory -> new RuleFolder(
                        directory.toString(),
                        RuleSet.files(directory),
                        stories(StoryReader.beside(directory, problems), reader, problems)))
                .toList();
    }

    private static List<Story> stories(List<RuleFile> files, StoryReader reader, Problems problems) {
        List<Story> stories = new ArrayList<>();
        files.forEach(file -> stories.addAll(reader.read(file, problems)));
        return stories;
    }
}
