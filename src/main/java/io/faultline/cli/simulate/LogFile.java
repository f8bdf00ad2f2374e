package io.faultline.cli.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One log file before it is written: lines go in as their writers come to them, and leave ordered by the time they
 * were written. Lines of the same millisecond keep the order in which they went in, so a block stays a block.
 */
final class LogFile {

    private final String name;
    private final List<Line> lines = new ArrayList<>();

    LogFile(String name) {
        this.name = name;
    }

    /** @param at epoch milliseconds at which the line reaches the file; the text may hold a slightly earlier one */
    Line add(long at, String text) {
        Line line = new Line(name, at, text);
        lines.add(line);
        return line;
    }

    /** Writes all lines up to the moment at which the logs are collected, numbers them and forgets them. */
    Written write(Path directory, long modified) throws IOException {
        lines.removeIf(line -> line.at() > modified);
        lines.sort(Comparator.comparingLong(Line::at));
        Path path = directory.resolve(name);
        try (BufferedWriter writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            int number = 0;
            for (Line line : lines) {
                line.number(++number);
                writer.write(line.text());
                writer.write('\n');
            }
        }
        Files.setLastModifiedTime(path, FileTime.fromMillis(modified));
        int count = lines.size();
        lines.clear();
        return new Written(path, count, Files.size(path));
    }

    record Written(Path path, int lines, long bytes) {}
}
