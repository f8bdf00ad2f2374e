package io.faultline.cli;

import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files a person named. */
final class InputFiles {

    /** Standard input. */
    static final Path STANDARD_INPUT = Path.of("-");

    private InputFiles() {}

    /** Tells every file that can not be read, before anything is started. */
    static void check(List<Path> files, Problems problems) {
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (!seen.add(file)) {
                problems.add(file.toString(), "is named twice");
            } else if (!file.equals(STANDARD_INPUT)) {
                checkFile(file, problems);
            }
        }
    }

    private static void checkFile(Path file, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(file.toString(), "is a directory; name its files, as " + file + "/*.log");
        } else if (!Files.exists(file)) {
            problems.add(file.toString(), "there is no such file");
        } else if (!Files.isReadable(file)) {
            problems.add(file.toString(), "may not be read by this user");
        }
    }

    /** The bytes of all files together; -1 where standard input is among them and nobody can know. */
    static long size(List<Path> files) {
        long size = 0;
        try {
            for (Path file : files) {
                if (file.equals(STANDARD_INPUT)) {
                    return -1;
                }
                size += Files.size(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return size;
    }
}
