package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.story.LineSource;
import io.faultline.model.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the logs of stories as files, since their names and times count, through the reader of the commands. */
public final class StoryLogs implements LineSource {

    private final Supplier<LogReader> readers;
    private final ParseSettings parse;

    public StoryLogs(Supplier<LogReader> readers, ParseSettings parse) {
        this.readers = readers;
        this.parse = parse;
    }

    @Override
    public List<LogEvent> read(Map<String, String> files, Instant observed) {
        try {
            Path folder = Files.createTempDirectory("faultline-story");
            try {
                return read(folder, files, observed);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<LogEvent> read(Path folder, Map<String, String> files, Instant observed) throws IOException {
        List<Path> written = new ArrayList<>();
        for (var log : files.entrySet()) {
            Path file = folder.resolve(Path.of(log.getKey()).getFileName());
            Files.writeString(file, log.getValue());
            Files.setLastModifiedTime(file, FileTime.from(observed));
            written.add(file);
        }
        List<LogEvent> events = new ArrayList<>();
        readers.get().read(written, parse, RunListener.NONE, events::add, rejected -> {});
        return events;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
