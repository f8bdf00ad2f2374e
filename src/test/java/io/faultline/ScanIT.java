package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.model.Incident;
import io.faultline.model.Rejected.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad files among good ones, through the whole job on an embedded cluster. */
class ScanIT {

    private static final String STEP = "{\"message\": \"step\", \"level\": \"info\", \"timestamp\": ";

    @TempDir
    static Path directory;

    private static List<Path> good;

    @BeforeAll
    static void simulate() throws IOException {
        SimulationSettings settings =
                SimulationSettings.defaults().withMinutes(20).withSeed(3).withFaults(List.of("loss-explosion"));
        Simulation.write(settings, directory.resolve("good files"));
        try (Stream<Path> files = Files.list(directory.resolve("good files"))) {
            good = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void findsTheSameWithBadFilesAmongTheGoodOnesAndKeepsWhatItCouldNotUse() throws IOException {
        Path core = bad("core.log", random(50_000));
        Path windows = bad("windows.log", "2026-03-01 10:00:00,000 ERROR from Windows\r\n".getBytes(UTF_16));
        Path cut = bad("cut.log.gz", half(gzip(hexadecimal(random(50_000)))));
        Path longLine =
                bad("long.log", concat("before\n".getBytes(UTF_8), letters(50_000_000), "\nafter".getBytes(UTF_8)));
        Path json = bad(
                "types.json.log",
                (STEP + "[1, 2]}\n" + STEP + "\"3000-01-01T00:00:00Z\"}\n" + STEP + "true}\n" + nested(10_000) + "\n")
                        .getBytes(UTF_8));
        List<Path> harmless = List.of(
                bad("empty.log", new byte[0]),
                bad("lines.log", "\n".repeat(500).getBytes(UTF_8)),
                bad(
                        "gr\u00f6\u00dfe: 1.log",
                        "INFO 03-01 10:00:00 [a.py:1] \u00e4\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                bad(
                        "clock.log",
                        "[1970-01-01 00:00:00,000] INFO a\n[3000-01-01 00:00:00,000] INFO b\n".getBytes(UTF_8)));

        RunSummary without = scan(good);
        RunSummary with = scan(Stream.of(good, List.of(core, windows, cut, longLine, json), harmless)
                .flatMap(List::stream)
                .toList());

        assertThat(without.incidents()).isNotEmpty();
        assertThat(with.incidents().stream().map(ScanIT::story))
                .containsExactlyInAnyOrderElementsOf(
                        without.incidents().stream().map(ScanIT::story).toList());
        assertThat(with.rejected())
                .extracting(one -> one.first().reason(), one -> one.count())
                .containsExactlyInAnyOrder(
                        tuple(Reason.BINARY, 2L),
                        tuple(Reason.CORRUPT_COMPRESSION, 1L),
                        tuple(Reason.TOO_LONG, 1L),
                        tuple(Reason.WRONG_TYPE, 2L),
                        tuple(Reason.MALFORMED, 1L));
        assertThat(detail(with, Reason.CORRUPT_COMPRESSION)).contains(cut.toString());
        assertThat(detail(with, Reason.TOO_LONG))
                .isEqualTo("source " + longLine
                        + ":2 the line has 50000000 bytes; at most 1048576 are read (max-line-bytes)");
        assertThat(detail(with, Reason.WRONG_TYPE))
                .isEqualTo("parse " + json + ":1 \"timestamp\" is a list, a text or a number would be right");
        assertThat(detail(with, Reason.MALFORMED)).startsWith("parse " + json + ":4 no whole JSON object");
    }

    @Test
    void findsWhatHappensAfterAFileWhoseTimesRunBack() throws IOException {
        Path pasted = bad(
                "pasted.log",
                """
                [2026-01-02 10:00:00,000] [INFO] [launch.py:1:main] Process 1 exits successfully.
                [2025-11-02 10:00:00,000] [INFO] [launch.py:1:main] Process 2 exits successfully.
                [2020-01-02 10:00:00,000] [INFO] [launch.py:1:main] Process 3 exits successfully.
                """
                        .getBytes(UTF_8));
        Path job = bad(
                "train-moe.log",
                """
                [rank3]:[E105 10:00:00.100000000 ProcessGroupNCCL.cpp:683] [Rank 3] Watchdog caught collective operation timeout: \
                WorkNCCL(SeqNum=5, OpType=ALLREDUCE, NumelIn=8, NumelOut=8, Timeout(ms)=600000) ran for 600050 milliseconds before timing out.
                [rank3]:[E105 10:01:00.100000000 ProcessGroupNCCL.cpp:758] [Rank 3] To avoid data inconsistency, we are taking the entire process down.
                """
                        .getBytes(UTF_8));
        assertThat(job.toFile()
                        .setLastModified(
                                java.time.Instant.parse("2026-01-05T12:00:00Z").toEpochMilli()))
                .isTrue();

        assertThat(scan(List.of(pasted, job)).incidents())
                .extracting(Incident::title)
                .containsExactly("A collective timed out and the job died: job train-moe");
    }

    @Test
    void readsMeasuresOfAFileThatHasNoTimes() throws IOException {
        Path pipe = directory.resolve("sft.log");
        assertThat(run("mkfifo", pipe.toString())).isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, "{'loss': 2.5, 'epoch': 0.1}\n{'loss': 2.4, 'epoch': 0.2}\n");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();

        RunSummary summary = scan(List.of(pipe));

        assertThat(summary.lines()).isEqualTo(2);
        assertThat(summary.events()).isEqualTo(2);
        assertThat(summary.incidents()).isEmpty();
    }

    private static RunSummary scan(List<Path> files) {
        return new EmbeddedJob().scan(new ScanRequest(files, null, 2, ZoneOffset.UTC), RunListener.NONE);
    }

    private static String story(Incident incident) {
        return incident.title() + " " + incident.startedAt() + " " + incident.endedAt() + " " + incident.severity()
                + incident.evidence();
    }

    private static String detail(RunSummary summary, Reason reason) {
        return summary.rejected().stream()
                .map(one -> one.first())
                .filter(one -> one.reason() == reason)
                .map(one -> one.stage() + " " + one.origin() + " " + one.detail())
                .findFirst()
                .orElse("");
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path bad(String name, byte[] content) throws IOException {
        return Files.write(
                Files.createDirectories(directory.resolve("bad files")).resolve(name), content);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(11).nextBytes(bytes);
        return bytes;
    }

    /** Text that does not compress well. */
    private static byte[] hexadecimal(byte[] bytes) {
        return java.util.HexFormat.ofDelimiter("\n").formatHex(bytes).getBytes(UTF_8);
    }

    private static byte[] letters(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("2026-03-01 10:00:00,000 INFO before the damage\n"
                    .repeat(1_000)
                    .getBytes(UTF_8));
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
