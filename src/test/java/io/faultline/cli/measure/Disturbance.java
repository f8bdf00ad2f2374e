package io.faultline.cli.measure;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What real logs suffer on their way.
 *
 * @param name what people call it
 * @param lost the share of lines that never arrive
 * @param noise the share of lines behind which a harmless line stands that looks like a fault
 * @param skewMillis how far each file's clock may be off, either way
 */
record Disturbance(String name, double lost, double noise, long skewMillis) {

    static final List<Disturbance> ALL = List.of(
            new Disturbance("clean", 0, 0, 0),
            new Disturbance("noise", 0, 0.03, 0),
            new Disturbance("lost lines", 0.03, 0, 0),
            new Disturbance("clock skew", 0, 0, 20_000));

    private static final String[] HARMLESS = {
        "UserWarning: The given NumPy array is not writable, and PyTorch does not support non-writable tensors.",
        "gpu-a1:4711:4790 [2] NCCL WARN Close dev 3 retcode 5",
        "WARNING: process group has NOT been destroyed before it is destructed, which is harmless here",
        "retrying request to metadata service after error 503, attempt 1 of 5",
        "acceptance rate: nan%, no draft was made yet",
        "0 errors, 0 failures, 12 checks passed",
        "user asked: why does my log say 'CUDA out of memory' and 'Xid 79'?"
    };

    /** Rewrites a log as it arrives. */
    void write(Path file, long seed) throws IOException {
        if (lost == 0 && noise == 0) {
            return;
        }
        FileTime modified = Files.getLastModifiedTime(file);
        SplittableRandom random = random(seed, file);
        List<String> arrived = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (random.nextDouble() >= lost) {
                arrived.add(line);
            }
            if (random.nextDouble() < noise) {
                arrived.add(HARMLESS[random.nextInt(HARMLESS.length)]);
            }
        }
        Files.write(file, arrived);
        Files.setLastModifiedTime(file, modified);
    }

    LogEvent skewed(LogEvent event, long seed) {
        if (skewMillis == 0) {
            return event;
        }
        long skew = random(seed, Path.of(event.origin().name())).nextLong(-skewMillis, skewMillis);
        return event.withTimestamp(event.timestamp().plusMillis(skew), QualityMark.SKEWED);
    }

    private static SplittableRandom random(long seed, Path file) {
        return new SplittableRandom(
                31 * seed + String.valueOf(file.getFileName()).hashCode());
    }
}
