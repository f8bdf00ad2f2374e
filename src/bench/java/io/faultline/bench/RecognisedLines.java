package io.faultline.bench;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Lines to recognise: one format's with other numbers on each, or all lines of the golden files, shuffled, with as many
 * between them that are of no format. The same seed gives the same lines.
 */
final class RecognisedLines {

    static final int COUNT = 2_000;

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant SEEN = Instant.parse("2026-03-02T00:00:00Z");
    private static final long SEED = 20_260_301;
    private static final String[] WORDS = {
        "cache", "request", "tenant", "shard", "loading", "finished", "queue", "worker", "retry", "batch", "of", "the",
        "to", "with", "config", "checkpoint", "user", "opened", "session", "after", "metrics", "flush", "model", "node"
    };

    private final Random random = new Random(SEED);

    private RecognisedLines() {}

    static RawLog[] of(String name) throws IOException {
        RecognisedLines lines = new RecognisedLines();
        return switch (name) {
            case "vllm-statistics" -> lines.alike("logs/chat-0.log", lines::vllm);
            case "megatron" -> lines.alike("logs/train-llm.log", lines::megatron);
            case "xid" -> lines.alike("logs/gpu-a1.kernel.log", lines::xid);
            case "mix" -> lines.mix();
            default -> throw new IllegalArgumentException("no lines named " + name);
        };
    }

    private interface Written {
        String line(int second);
    }

    private RawLog[] alike(String stream, Written written) {
        RawLog[] logs = new RawLog[COUNT];
        for (int i = 0; i < COUNT; i++) {
            logs[i] = log(stream, i, written.line(i));
        }
        return logs;
    }

    private String vllm(int second) {
        return String.format(
                Locale.ROOT,
                "INFO 03-01 %s [loggers.py:271] Engine 000: Avg prompt throughput: %.1f tokens/s, Avg generation throughput:"
                        + " %.1f tokens/s, Running: %d reqs, Waiting: %d reqs, GPU KV cache usage: %.1f%%, Prefix cache hit"
                        + " rate: %.1f%%",
                clock(second), some(5_000), some(3_000), (int) some(64), (int) some(20), some(100), some(100));
    }

    private String megatron(int second) {
        return String.format(
                Locale.ROOT,
                " [2026-03-01 %s] iteration %8d/   50000 | consumed samples: %12d | elapsed time per iteration (ms): %.1f |"
                        + " throughput per GPU (TFLOP/s/GPU): %.1f | learning rate: %.6E | global batch size:   512 | lm loss:"
                        + " %.6E | loss scale: 1.0 | grad norm: %.3f | number of skipped iterations:   0 | number of nan"
                        + " iterations:   0 |",
                clock(second), second + 1, (second + 1) * 512, some(4_000), some(600), some(1) / 1_000, some(9), some(2));
    }

    private String xid(int second) {
        return String.format(
                Locale.ROOT,
                "Mar  1 %s gpu-a1 kernel: NVRM: Xid (PCI:0000:%02x:00): %d, pid=%d, name=python3, Ch 00000008, errorString"
                        + " CTX SWITCH TIMEOUT, Info 0x%04x",
                clock(second), (int) some(200), List.of(13, 31, 43, 48, 79, 94, 109).get(second % 7),
                (int) some(90_000), (int) some(60_000));
    }

    /** A golden file's record of several lines stays together, as a writer's lines do; all else is shuffled. */
    private RawLog[] mix() throws IOException {
        List<List<RawLog>> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
                records.addAll(golden(file));
            }
        }
        Collections.shuffle(records, random);
        List<RawLog> known = new ArrayList<>();
        while (known.size() < COUNT / 2) {
            records.forEach(known::addAll);
        }
        known.subList(COUNT / 2, known.size()).clear();
        RawLog[] logs = new RawLog[COUNT];
        for (int i = 0; i < COUNT / 2; i++) {
            RawLog log = known.get(i);
            logs[2 * i] = log;
            logs[2 * i + 1] = log(log.stream(), i, unknown(i));
        }
        return logs;
    }

    private static List<List<RawLog>> golden(Path file) throws IOException {
        List<List<RawLog>> records = new ArrayList<>();
        String stream = "logs/any.log";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#! stream ")) {
                stream = line.substring(10);
            } else if (line.startsWith("+ ")) {
                records.get(records.size() - 1).add(log(stream, records.size(), line.substring(2)));
            } else if (!line.startsWith("#! ") && !line.equals("+")) {
                records.add(new ArrayList<>(List.of(log(stream, records.size(), line))));
            }
        }
        return records;
    }

    /** Text of many shapes that no format has: sentences, tables, paths, home-made heads, numbers. */
    private String unknown(int number) {
        String text = words(4 + random.nextInt(16));
        return switch (number % 12) {
            case 0 -> text;
            case 1 -> Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
            case 2 -> ">> " + text + " <<";
            case 3 -> "[" + words(1) + "] " + text;
            case 4 -> clock(number) + " " + words(1) + "> " + text;
            case 5 -> words(1) + "(" + number + "): " + text + " " + some(100);
            case 6 -> "/srv/app/" + words(1) + "/" + words(1) + " " + text;
            case 7 -> "* " + text;
            case 8 -> "(" + words(2) + ") " + text;
            case 9 -> number + " " + words(3) + " " + some(10) + " " + some(1_000);
            case 10 -> "    " + text;
            default -> "-- " + words(1).toUpperCase(Locale.ROOT) + ": " + text + " #" + number;
        };
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private double some(int below) {
        return random.nextDouble() * below;
    }

    private static String clock(int second) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", 10 + second / 3600, second / 60 % 60, second % 60);
    }

    private static RawLog log(String stream, int number, String line) {
        return new RawLog(
                Origin.file(stream, number + 1L),
                SEEN,
                stream,
                line.getBytes(StandardCharsets.UTF_8),
                Attributes.NONE);
    }
}
