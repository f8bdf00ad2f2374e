package io.faultline.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the servers' programs lie. {@code bin/stack} puts them there with Maven, each server on a class path of its own.
 *
 * @param root the repository's root, which holds {@code bin/stack} and {@code flink-conf}
 * @param directory where the programs are, {@code target/stack} below the root
 */
public record StackFiles(Path root, Path directory) {

    /**
     * Fetches what is missing and tells where it is; quick where everything is there.
     *
     * @param root the repository's root
     * @throws ServerException where {@code bin/stack} fails; what it said is on standard error
     */
    public static StackFiles prepare(Path root) {
        Path home = root.toAbsolutePath().normalize();
        Path script = home.resolve("bin/stack");
        Path directory = home.resolve("target/stack");
        if (!Files.isExecutable(script)) {
            throw new ServerException(script + " is not there: the servers need the repository, not only its jar");
        }
        try {
            Process process = new ProcessBuilder(script.toString(), directory.toString())
                    .directory(home.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            int code = process.waitFor();
            if (code != 0) {
                throw new ServerException(script + " ended with " + code
                        + "; it needs Maven on the PATH and, the first time, Maven Central");
            }
        } catch (IOException e) {
            throw new ServerException("can not run " + script + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while " + script + " ran", e);
        }
        return new StackFiles(home, directory);
    }

    Path kafkaLib() {
        return directory.resolve("kafka/lib");
    }

    Path flinkLib() {
        return directory.resolve("flink/lib");
    }

    Path flinkConf() {
        return root.resolve("flink-conf");
    }

    /** The one unpacked version. */
    Path elasticsearchHome() {
        try (Stream<Path> below = Files.list(directory.resolve("elasticsearch"))) {
            List<Path> homes =
                    below.filter(path -> Files.isDirectory(path.resolve("lib"))).toList();
            if (homes.size() != 1) {
                throw new ServerException("one Elasticsearch is expected below " + directory + ", found " + homes);
            }
            return homes.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The {@code java} that runs this. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
