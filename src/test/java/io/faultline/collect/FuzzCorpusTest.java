package io.faultline.collect;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code bin/fuzz} found worth keeping, offered to the same targets again. */
class FuzzCorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    static Stream<String> targets() {
        return FuzzTarget.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void takesWhateverTheFuzzerMadeUp(String name) throws IOException {
        Path file = CORPUS.resolve(name + ".base64");
        List<String> inputs = Files.exists(file) ? Files.readAllLines(file) : List.of("");
        Consumer<byte[]> target = FuzzTarget.all().get(name);

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String input : inputs) {
                target.accept(Base64.getDecoder().decode(input));
            }
        });
    }
}
