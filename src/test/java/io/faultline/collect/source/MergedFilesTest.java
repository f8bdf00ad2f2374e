package io.faultline.collect.source;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedFilesTest {

    private static final FilesSettings SETTINGS = FilesSettings.defaults();
    private static final Instant CHANGED = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void mergesFilesInTheOrderOfTime() throws IOException {
        String a = file("a.log", "2026-03-01 10:00:00 a1\n  a2\n2026-03-01 10:00:05 a3\n");
        String b = file("b.log", "Mar  1 10:00:03 gpu-a1 kernel: b1\nMar  1 10:00:05 gpu-a1 kernel: b2\n");

        List<ReadLine> lines = read(a, b);

        assertThat(texts(lines))
                .containsExactly(
                        "2026-03-01 10:00:00 a1",
                        "  a2",
                        "Mar  1 10:00:03 gpu-a1 kernel: b1",
                        "2026-03-01 10:00:05 a3",
                        "Mar  1 10:00:05 gpu-a1 kernel: b2");
        assertThat(lines.get(3).log().origin()).isEqualTo(Origin.file(a, 3));
        assertThat(lines.get(3).log().stream()).isEqualTo(a);
        assertThat(lines.get(3).log().observedTimestamp()).isEqualTo(CHANGED);
    }

    @Test
    void givesLinesBeforeTheFirstTimeThatTime() throws IOException {
        String a = file("a.log", "starting\n2026-03-01 10:00:05 a\n");
        String b = file("b.log", "2026-03-01 10:00:03 b\n");

        assertThat(texts(read(a, b))).containsExactly("2026-03-01 10:00:03 b", "starting", "2026-03-01 10:00:05 a");
    }

    @Test
    void saysWhereTheNextTimeIsLongAfterLinesWithoutOne() throws IOException {
        String idle = file(
                "chat-0.log",
                "starting\n10:00 starts\n2026-03-01 10:00:00 a\nGET /health\n2026-03-01 10:00:10 b\nGET /health\nGET /health\n"
                        + "2026-03-01 13:00:00 c\nGET /health\n");

        assertThat(read(idle))
                .extracting(line -> line.log().headers().get(RawLog.NOT_AFTER))
                .containsExactly(
                        null, null, null, null, null, "2026-03-01T13:00:00Z", "2026-03-01T13:00:00Z", null, null);
    }

    @Test
    void givesNoNextTimeThatStandsTooFarBehindLinesWithoutOne() throws IOException {
        String silent = file(
                "chat-0.log", "2026-03-01 10:00:00 a\n" + "GET /health\n".repeat(4_010) + "2026-03-01 13:00:00 c\n");

        List<ReadLine> lines = read(silent);

        assertThat(lines).hasSize(4_012);
        assertThat(lines.stream().filter(line -> line.log().headers().has(RawLog.NOT_AFTER)))
                .hasSize(10);
    }

    @Test
    void goesOnAmidLinesWithoutATimeWhereItWasStopped() throws IOException {
        String idle = file("chat-0.log", "2026-03-01 10:00:00 a\none\ntwo\n2026-03-01 13:00:00 c\n");
        FilePosition afterOne = read(idle).get(1).after();

        List<ReadLine> rest = drain(new MergedFiles(List.of(afterOne), opener(""), SETTINGS));

        assertThat(texts(rest)).containsExactly("two", "2026-03-01 13:00:00 c");
        assertThat(rest.get(0).log().headers().get(RawLog.NOT_AFTER)).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    void readsGzipAndZstandardAsTheyAre() throws IOException {
        byte[] text = "2026-03-01 10:00:00 one\n2026-03-01 10:00:01 two".getBytes(UTF_8);
        String gz = file("a.log.gz", gzip(text));
        String zst = file("b.log.zst", zstandard(text));
        String disguised = file("c.log", gzip(text));

        for (String path : List.of(gz, zst, disguised)) {
            assertThat(texts(read(path))).containsExactly("2026-03-01 10:00:00 one", "2026-03-01 10:00:01 two");
        }
    }

    @Test
    void readsGzipOfSeveralMembers() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("one\n".getBytes(UTF_8)));
        both.write(gzip("two\n".getBytes(UTF_8)));

        assertThat(texts(read(file("a.log.gz", both.toByteArray())))).containsExactly("one", "two");
    }

    @Test
    void keepsTheLinesBeforeTheEndOfACutArchive() throws IOException {
        byte[] text = numbered(20_000).getBytes(UTF_8);
        byte[] whole = gzip(text);
        byte[] wholeToo = zstandard(text);

        String gz = file("a.log.gz", Arrays.copyOf(whole, whole.length / 2));
        String zst = file("b.log.zst", Arrays.copyOf(wholeToo, wholeToo.length / 2));

        for (String path : List.of(gz, zst)) {
            List<ReadLine> lines = read(path);
            int good = lines.size() - 1;
            assertThat(good).isGreaterThan(1_000);
            assertThat(texts(lines.subList(0, good)))
                    .isEqualTo(numbered(20_000).lines().limit(good).toList());
            RawLog last = lines.get(good).log();
            assertThat(last.trouble()).isNotNull();
            assertThat(last.trouble().reason()).isEqualTo(Reason.CORRUPT_COMPRESSION);
            assertThat(last.trouble().detail()).contains(path + " after line " + good);
            assertThat(last.origin()).isEqualTo(Origin.file(path, good));
        }
    }

    @Test
    void keepsTheLinesOfAShortCutArchive() throws IOException {
        byte[] text = numbered(20).getBytes(UTF_8);
        byte[] whole = gzip(text);

        List<ReadLine> lines = read(file("a.log.gz", Arrays.copyOf(whole, whole.length - 8)));

        assertThat(lines).hasSize(21);
        assertThat(lines.get(20).log().trouble().reason()).isEqualTo(Reason.CORRUPT_COMPRESSION);
    }

    @Test
    void tellsThatAFileCalledGzIsNone() throws IOException {
        List<ReadLine> lines = read(file("a.log.gz", "no gzip at all\n"));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).log().trouble().reason()).isEqualTo(Reason.CORRUPT_COMPRESSION);
    }

    @Test
    void readsAnEmptyFileAsNoLines() throws IOException {
        assertThat(read(file("a.log", ""), file("b.log.gz", ""))).isEmpty();
    }

    @Test
    void passesOverALineThatIsTooLongAndReadsOn() throws IOException {
        Path path = directory.resolve("a.log");
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write("before\n".getBytes(UTF_8));
            for (int i = 0; i < 50; i++) {
                out.write(megabyte);
            }
            out.write("\nafter\n".getBytes(UTF_8));
        }

        List<ReadLine> lines = read(path.toString());

        assertThat(lines).hasSize(3);
        RawLog tooLong = lines.get(1).log();
        assertThat(tooLong.origin()).isEqualTo(Origin.file(path.toString(), 2));
        assertThat(tooLong.trouble().reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(tooLong.trouble().detail()).contains("52428800 bytes");
        assertThat(tooLong.payload()).hasSize(16 * 1024);
        assertThat(lines.get(2).log().origin().position()).isEqualTo(3);
        assertThat(texts(lines.subList(2, 3))).containsExactly("after");
    }

    @Test
    void readsALineOfExactlyTheLimitAndRefusesOneByteMore() throws IOException {
        String fits = "y".repeat(SETTINGS.maxLineBytes());

        List<ReadLine> lines = read(file("a.log", fits + "\n" + fits + "z\nend"));

        assertThat(lines).extracting(line -> line.log().trouble() == null).containsExactly(true, false, true);
        assertThat(lines.get(0).log().payload()).hasSize(SETTINGS.maxLineBytes());
    }

    @Test
    void refusesABinaryFileOnceAndSkipsIt() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        String binary = file("a.bin", noise);
        String good = file("b.log", "2026-03-01 10:00:00 good\n");

        List<ReadLine> lines = read(binary, good);

        assertThat(lines).hasSize(2);
        RawLog refused = lines.stream()
                .map(ReadLine::log)
                .filter(log -> log.stream().equals(binary))
                .findFirst()
                .orElseThrow();
        assertThat(refused.trouble().reason()).isEqualTo(Reason.BINARY);
        assertThat(refused.trouble().detail()).contains(binary);
    }

    @Test
    void readsATextWithAStrayNul() throws IOException {
        assertThat(read(file("a.log", numbered(100) + "\0\n"))).hasSize(101);
    }

    @Test
    void tellsThatAFileVanished() {
        String gone = directory.resolve("gone.log").toString();

        List<ReadLine> lines = read(gone);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).log().trouble().reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(lines.get(0).log().trouble().detail()).contains("gone.log");
    }

    @Test
    void goesOnFromAnyPosition() throws IOException {
        byte[] text = numbered(50).getBytes(UTF_8);
        List<String> paths =
                List.of(file("a.log", text), file("b.log.gz", gzip(text)), file("c.log.zst", zstandard(text)));
        List<ReadLine> all = read(paths.toArray(String[]::new));

        for (int stop : new int[] {0, 1, 75, 149, 150}) {
            List<FilePosition> positions =
                    new ArrayList<>(paths.stream().map(FilePosition::startOf).toList());
            all.subList(0, stop).forEach(line -> positions.set(line.file(), line.after()));
            List<ReadLine> rest = drain(new MergedFiles(positions, opener(""), SETTINGS));
            assertThat(texts(rest)).isEqualTo(texts(all.subList(stop, all.size())));
            assertThat(rest).extracting(line -> line.log().origin()).isEqualTo(origins(all.subList(stop, all.size())));
        }
    }

    @Test
    void readsStandardInput() {
        MergedFiles files = new MergedFiles(List.of(FilePosition.startOf("-")), opener("one\ntwo\n"), SETTINGS);

        List<ReadLine> lines = drain(files);

        assertThat(texts(lines)).containsExactly("one", "two");
        assertThat(lines.get(1).log().origin()).isEqualTo(Origin.stdin(2));
        assertThat(lines.get(1).log().observedTimestamp()).isEqualTo(CHANGED);
    }

    @Test
    void readsAPipeOnceAndWhole() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        byte[] text = "2026-03-01 10:00:00 one\n2026-03-01 10:00:02 three\n".getBytes(UTF_8);
        var written = CompletableFuture.runAsync(() -> {
            try {
                Files.write(pipe, gzip(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String other = file("other.log", "2026-03-01 10:00:01 two\n");

        List<ReadLine> lines = read(pipe.toString(), other);

        written.get(10, TimeUnit.SECONDS);
        assertThat(texts(lines))
                .containsExactly("2026-03-01 10:00:00 one", "2026-03-01 10:00:01 two", "2026-03-01 10:00:02 three");
    }

    @Test
    void decompressesStandardInput() throws IOException {
        byte[] packed = gzip("2026-03-01 10:00:00 one\n".getBytes(UTF_8));
        FileOpener opener = opener(new ByteArrayInputStream(packed));

        List<ReadLine> lines = drain(new MergedFiles(List.of(FilePosition.startOf("-")), opener, SETTINGS));

        assertThat(texts(lines)).containsExactly("2026-03-01 10:00:00 one");
    }

    @Test
    void saysHowToConvertUtf16() throws IOException {
        String windows = file("windows.log", "2026-03-01 10:00:00 one\r\n".getBytes(UTF_16));

        RawLog.Trouble trouble = read(windows).get(0).log().trouble();

        assertThat(trouble.reason()).isEqualTo(Reason.BINARY);
        assertThat(trouble.detail()).contains(windows, "UTF-16", "iconv -f UTF-16 -t UTF-8");
    }

    private List<ReadLine> read(String... paths) {
        return drain(new MergedFiles(Stream.of(paths).map(FilePosition::startOf).toList(), opener(""), SETTINGS));
    }

    private static List<ReadLine> drain(MergedFiles files) {
        List<ReadLine> lines = new ArrayList<>();
        for (ReadLine line = files.next(); line != null; line = files.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static FileOpener opener(String standardInput) {
        return opener(new ByteArrayInputStream(standardInput.getBytes(UTF_8)));
    }

    private static FileOpener opener(InputStream standardInput) {
        FileOpener real = FileOpener.real(Clock.fixed(CHANGED, ZoneOffset.UTC));
        return new FileOpener() {
            @Override
            public InputStream open(String path) throws IOException {
                return path.equals("-") ? standardInput : real.open(path);
            }

            @Override
            public long lastChange(String path) throws IOException {
                return real.lastChange(path);
            }

            @Override
            public long now() {
                return real.now();
            }
        };
    }

    private String file(String name, String text) throws IOException {
        return file(name, text.getBytes(UTF_8));
    }

    private String file(String name, byte[] bytes) throws IOException {
        Path path = Files.write(directory.resolve(name), bytes);
        Files.setLastModifiedTime(path, FileTime.from(CHANGED));
        return path.toString();
    }

    private static String numbered(int lines) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(11);
        for (int i = 1; i <= lines; i++) {
            text.append("line ").append(i).append(' ').append(random.nextLong()).append('\n');
        }
        return text.toString();
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstandard(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static List<String> texts(List<ReadLine> lines) {
        return lines.stream()
                .map(line -> new String(line.log().payload(), UTF_8))
                .toList();
    }

    private static List<Origin> origins(List<ReadLine> lines) {
        return lines.stream().map(line -> line.log().origin()).toList();
    }
}
