package io.faultline.collect.mine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Logs of systems that do not exist: their templates are written down, so the truth of each line is known. */
public final class SampleSystems {

    public static final List<String> NAMES = List.of("storage", "scheduler", "gateway", "phone");

    private static final List<String> USERS =
            List.of("anna", "bert", "carla", "dmitri", "root", "eve", "backup", "svc_mail");
    private static final List<String> HOSTS =
            List.of("db.example.com", "cache.example.net", "store.rack.internal", "mail.example.org");
    private static final List<String> QUEUES = List.of("interactive", "batch", "night", "urgent");
    private static final List<String> PACKAGES =
            List.of("com.example.mail", "com.example.photo.viewer", "org.example.clock", "com.example.maps");

    private final Random random;

    private SampleSystems(long seed) {
        random = new Random(seed);
    }

    /** A system's lines, shuffled; the same for the same seed. */
    public static LabelledLines of(String name, long seed) {
        SampleSystems systems = new SampleSystems(seed);
        List<String[]> pairs = new ArrayList<>();
        for (String row : rows(name)) {
            int blank = row.indexOf(' ');
            String pattern = row.substring(blank + 1);
            for (int i = 0; i < 4 * Integer.parseInt(row.substring(0, blank)); i++) {
                pairs.add(new String[] {systems.fill(pattern), pattern.replaceAll("\\{\\w+}", Template.WILD_CARD)});
            }
        }
        Collections.shuffle(pairs, systems.random);
        return new LabelledLines(
                name,
                pairs.stream().map(pair -> pair[0]).toList(),
                pairs.stream().map(pair -> pair[1]).toList());
    }

    private static List<String> rows(String name) {
        try (InputStream in = SampleSystems.class.getResourceAsStream("/templates/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(row -> !row.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fill(String pattern) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            int open = pattern.indexOf('{', at);
            if (open < 0) {
                return line.append(pattern, at, pattern.length()).toString();
            }
            int close = pattern.indexOf('}', open);
            line.append(pattern, at, open).append(value(pattern.substring(open + 1, close)));
            at = close + 1;
        }
        return line.toString();
    }

    private String value(String type) {
        return switch (type) {
            case "int" -> String.valueOf(random.nextInt(100_000));
            case "decimal" -> random.nextInt(900) + "." + random.nextInt(100);
            case "hex" -> "0x" + Integer.toHexString(random.nextInt());
            case "bool" -> String.valueOf(random.nextBoolean());
            case "ip" -> ip();
            case "ipport" -> ip() + ":" + (1_024 + random.nextInt(60_000));
            case "path" -> "/" + one(QUEUES) + "/vol" + random.nextInt(90) + "/seg." + random.nextInt(1_000);
            case "request" -> "/v1/" + one(QUEUES) + "/" + random.nextInt(1_000) + " HTTP/1.1";
            case "url" -> "https://" + one(HOSTS) + "/images/base:" + random.nextInt(30);
            case "host" -> one(HOSTS);
            case "user" -> one(USERS);
            case "queue" -> one(QUEUES);
            case "tenant" -> one(USERS);
            case "package" -> one(PACKAGES);
            case "component" -> one(PACKAGES) + "/.MainActivity";
            case "words" -> one(QUEUES) + " " + one(USERS);
            case "chunk" -> chunk();
            case "chunks" ->
                IntStream.rangeClosed(0, random.nextInt(5))
                        .mapToObj(i -> chunk())
                        .collect(Collectors.joining(" "));
            case "task" -> "task_" + random.nextInt(1_000_000) + "_" + random.nextInt(20);
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "duration" -> random.nextInt(500) + "ms";
            case "datetime" ->
                String.format(
                        "2026-03-%02d %02d:%02d:07", 1 + random.nextInt(28), random.nextInt(24), random.nextInt(60));
            case "version" -> random.nextInt(9) + "." + random.nextInt(20) + "." + random.nextInt(20);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private String ip() {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private String chunk() {
        return "chk_" + (random.nextLong() >>> 1);
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
