package io.faultline.fuzz;

import io.faultline.collect.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Lays out what a target begins with: the lines of the golden files and what was kept of earlier runs. */
public final class Seeds {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path KEPT = Path.of("src/test/resources/fuzz");

    private Seeds() {}

    /** Arguments: the directory; below it each target gets one of its own. Prints the targets. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        for (String target : FuzzTarget.all().keySet()) {
            Path own = Files.createDirectories(directory.resolve(target));
            int count = 0;
            Path golden = GOLDEN.resolve(target);
            try (Stream<Path> files = Files.walk(Files.exists(golden) ? golden : GOLDEN)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                        .toList()) {
                    for (String line : Files.readAllLines(file)) {
                        Files.write(own.resolve("golden-" + count++), line.getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            Path kept = KEPT.resolve(target + ".base64");
            List<String> inputs = Files.exists(kept) ? Files.readAllLines(kept) : List.of();
            for (String input : inputs) {
                Files.write(own.resolve("kept-" + count++), Base64.getDecoder().decode(input));
            }
            System.out.println(target);
        }
    }
}
