package io.faultline.cli;

import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rejected inputs in NDJSON files, as {@code parse --rejected} writes them. Nothing goes back from here but as text. */
final class RejectedFiles implements KeptRejects {

    private final List<Path> files;

    RejectedFiles(List<Path> files) {
        this.files = files;
    }

    @Override
    public List<KeptReject> read() throws IOException {
        List<KeptReject> kept = new ArrayList<>();
        for (Path file : files) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                try {
                    kept.add(KeptReject.read(file + ":" + number, line.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
                }
            }
        }
        return kept;
    }

    @Override
    public @Nullable String putBack(KeptReject reject, @Nullable String topic) {
        return "a file knows no way back; write the inputs with --out, or name the job's settings with --config";
    }

    @Override
    public void settle(List<KeptReject> putBack) {
        // A file is the person's own.
    }

    @Override
    public void close() {
        // Each file was closed when it was read.
    }
}
