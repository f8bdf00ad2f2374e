package io.faultline.collect.source;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Opens files and standard input; tests put their own bytes in the place of the latter. */
interface FileOpener {

    InputStream open(String path) throws IOException;

    /** When the file was last written, in epoch milliseconds; for standard input, now. */
    long lastChange(String path) throws IOException;

    /** Now, in epoch milliseconds. */
    long now();

    /** The machine's files; the clock serves standard input. */
    static FileOpener real(Clock clock) {
        return new FileOpener() {
            @Override
            public InputStream open(String path) throws IOException {
                if (path.equals(FilePosition.STANDARD_INPUT)) {
                    return System.in;
                }
                Path file = Path.of(path);
                // A channel asks a pipe for its position and fails.
                boolean pipe = Files.exists(file) && !Files.isRegularFile(file);
                return pipe ? new FileInputStream(path) : Files.newInputStream(file);
            }

            @Override
            public long lastChange(String path) throws IOException {
                return path.equals(FilePosition.STANDARD_INPUT)
                        ? clock.millis()
                        : Files.getLastModifiedTime(Path.of(path)).toMillis();
            }

            @Override
            public long now() {
                return clock.millis();
            }
        };
    }
}
