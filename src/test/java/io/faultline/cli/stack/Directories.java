package io.faultline.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Work directories of integration tests: left behind for reading, so that they are emptied before a run. */
public final class Directories {

    private Directories() {}

    /** Deletes a directory with all that is in it, where it is there. */
    public static Path delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(directory)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
        return directory;
    }
}
