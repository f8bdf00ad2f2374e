package io.faultline.collect.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.Rejected.Reason;
import io.faultline.model.TextLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole payloads through decode: character sets, compression, nested envelopes, and whatever a hostile sender makes. */
class PayloadTest {

    private static final String CRI = "2026-03-01T10:00:01.5Z stderr F ";
    private static final String VLLM = "\u001b[1;36m(APIServer pid=7)\u001b[0;0m INFO 03-01 10:00:00 [loggers.py:1] up";

    private final List<TextLog> records = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    @Test
    void opensColouredVllmInCriInOpenTelemetry() {
        decode("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"" + CRI
                + VLLM.replace("\u001b", "\\u001b") + "\"}}]}]}]}");

        TextLog record = records.get(0);
        assertThat(record.text()).isEqualTo("INFO 03-01 10:00:00 [loggers.py:1] up");
        assertThat(record.attributes().get("envelope")).isEqualTo("otlp/cri");
        assertThat(record.attributes().get("process")).isEqualTo("APIServer");
        assertThat(record.written()).isEqualTo("2026-03-01T10:00:01.500Z");
    }

    @Test
    void opensAnEnvelopeBehindAPrefix() {
        decode("chat-1  | {\"log\":\"ready\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-01T10:00:01Z\"}");

        assertThat(records.get(0).text()).isEqualTo("ready");
        assertThat(records.get(0).attributes().get("service")).isEqualTo("chat");
        assertThat(records.get(0).attributes().get("stream")).isEqualTo("stderr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cri", "docker", "filebeat", "fluent", "syslog", "loki", "otlp"})
    void givesTheSameLineInAnyNestingOfTwo(String inner) {
        for (String outer : new String[] {"cri", "docker", "filebeat", "fluent", "syslog", "loki", "otlp"}) {
            records.clear();

            decode(seal(outer, seal(inner, "12: [rank12]:[E810 03:04:11.1 P.cpp:683] a \"b\" \\ c")));

            assertThat(records).as("%s in %s", inner, outer).singleElement().satisfies(record -> {
                assertThat(record.text()).isEqualTo("[E810 03:04:11.1 P.cpp:683] a \"b\" \\ c");
                assertThat(record.attributes().get("rank")).isEqualTo("12");
                assertThat(record.attributes().get("envelope")).isEqualTo(outer + "/" + inner);
            });
        }
        assertThat(rejected).isEmpty();
    }

    @Test
    void readsAnObjectWrittenOverSeveralLines() {
        for (String line : List.of(
                "{",
                "\t\"_HOSTNAME\" : \"gpu-a1\",",
                "\t\"PRIORITY\" : \"3\",",
                "\t\"MESSAGE\" : \"step failed\"",
                "}")) {
            decode(line);
        }
        decoder.finish(records::add);

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.text()).isEqualTo("step failed");
            assertThat(record.attributes().get("host")).isEqualTo("gpu-a1");
            assertThat(record.severityNumber()).isEqualTo(17);
        });
    }

    @Test
    void readsSeveralEnvelopesInOnePayload() {
        decode(seal("fluent", "a") + "\n" + seal("fluent", "b") + "\n");

        assertThat(records).extracting(TextLog::text).containsExactly("a", "b");
    }

    @Test
    void unpacksGzip() throws IOException {
        decode(gzip((CRI + "a\n" + CRI + "b\n").getBytes(UTF_8)));
        decode("{\"awslogs\":{\"data\":\""
                + Base64.getEncoder().encodeToString(gzip(seal("loki", "c").getBytes(UTF_8))) + "\"}}");

        assertThat(records).extracting(TextLog::text).containsExactly("a", "b", "c");
    }

    @Test
    void refusesWhatUnpacksToTooMuchOrIsDamaged() throws IOException {
        byte[] bomb = gzip(new byte[64 << 20]);

        decode(bomb);
        decode(java.util.Arrays.copyOf(bomb, 40));

        assertThat(rejected).extracting(Rejected::reason).containsExactly(Reason.TOO_LONG, Reason.CORRUPT_COMPRESSION);
        assertThat(records).isEmpty();
    }

    @Test
    void readsOpenTelemetrysProtobuf() {
        byte[] record = message(
                fixed64(1, 1772359201123456789L),
                new byte[] {0x10, 17},
                message(5, message(1, "step failed".getBytes(UTF_8))),
                message(
                        6,
                        message(1, "log.iostream".getBytes(UTF_8)),
                        message(2, message(1, "stderr".getBytes(UTF_8)))));
        byte[] resource = message(
                1, message(1, "k8s.pod.name".getBytes(UTF_8)), message(2, message(1, "chat-0".getBytes(UTF_8))));
        byte[] request = message(1, message(1, resource), message(2, message(2, record)));

        decode(request);
        decode(java.util.Arrays.copyOf(request, request.length - 1));

        assertThat(records).hasSizeGreaterThanOrEqualTo(1).first().satisfies(log -> {
            assertThat(log.text()).isEqualTo("step failed");
            assertThat(log.severityNumber()).isEqualTo(17);
            assertThat(log.source()).isEqualTo("chat-0/stderr");
            assertThat(log.written()).isEqualTo("2026-03-01T10:00:01.123456789Z");
        });
        assertThat(records).filteredOn(log -> log.text().equals("step failed")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GB18030, 显存不足: 第3张卡, GB18030",
        "GBK, 训练开始 step 5, GB18030",
        "windows-1252, Gerät für Köln nicht gefunden, windows-1252",
        "windows-1252, démarrage terminé, windows-1252",
        "UTF-16, ready to serve, UTF-16BE",
        "UTF-8, 显存不足,"
    })
    void readsOtherCharacterSets(String charset, String text, String told) {
        decode(text.getBytes(Charset.forName(charset)));

        assertThat(records.get(0).text()).isEqualTo(text);
        assertThat(records.get(0).attributes().get("charset")).isEqualTo(told);
    }

    @Test
    void takesPaddingOffAndMarksWhatWasCut() {
        byte[] padded = new byte[5_000];
        System.arraycopy("step done".getBytes(UTF_8), 0, padded, 4_000, 9);
        byte[] cut = java.util.Arrays.copyOf("温度 过高".getBytes(UTF_8), 12);

        decode(padded);
        decode(cut);

        assertThat(records).extracting(TextLog::text).containsExactly("step done", "温度 过\uFFFD");
        assertThat(records.get(1).attributes().get("charset")).isEqualTo("replaced");
    }

    @Test
    void takesAnyBeginningOfAnEnvelope() {
        for (String kind : new String[] {"cri", "docker", "filebeat", "fluent", "syslog", "loki", "otlp"}) {
            String whole = seal(kind, seal("otlp", seal("docker", "a line")));
            for (int length = 0; length <= whole.length(); length++) {
                decode(whole.substring(0, length));
            }
        }

        assertThat(records).isNotEmpty();
    }

    @Test
    void readsHostileNestingInLinearTime() {
        String deep = "{\"kubernetes\":".repeat(10_000) + "1" + "}".repeat(10_000);
        String batch = "[{\"log\":\"a\",\"stream\":\"b\"},".repeat(10_000);
        String cri = CRI.repeat(10_000);

        Assertions.assertThatNoException()
                .isThrownBy(() -> org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
                    decode(deep);
                    decode(batch);
                    decode(cri);
                    decode("[".repeat(900_000));
                    decode("{\"".repeat(400_000));
                    decode("{\"a\":\"" + "\\".repeat(900_000));
                    decode("\u001b]".repeat(400_000));
                    decode("<1>1 - a b c d [" + "x y=\"".repeat(100_000));
                    decode("{\"resourceLogs\":[{\"scopeLogs\":".repeat(20_000));
                }));
        assertThat(records)
                .allSatisfy(record -> assertThat(record.text().length()).isLessThanOrEqualTo(1 << 20));
    }

    private void decode(String payload) {
        decode(payload.getBytes(UTF_8));
    }

    private final StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
    private int offset;

    private void decode(byte[] payload) {
        RawLog raw = new RawLog(
                Origin.kafka("logs", 0, offset++),
                Instant.parse("2026-03-01T10:00:05Z"),
                "logs/0",
                payload,
                Attributes.NONE);
        decoder.add(raw, raw.observedTimestamp().toEpochMilli(), records::add, rejected::add);
        // An object that is written over several lines stays open until its last one.
        boolean open = payload.length == 1 || (payload.length > 0 && payload[0] == '\t');
        if (!open) {
            decoder.finish(records::add);
        }
    }

    private static String seal(String kind, String text) {
        String json = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return switch (kind) {
            case "cri" -> CRI + text;
            case "docker" -> "{\"log\":\"" + json + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-01T10:00:01Z\"}";
            case "filebeat" ->
                "{\"@timestamp\":\"2026-03-01T10:00:02Z\",\"@metadata\":{\"beat\":\"filebeat\"},\"message\":\"" + json
                        + "\",\"host\":{\"name\":\"gpu-a1\"}}";
            case "fluent" -> "{\"log\":\"" + json + "\",\"kubernetes\":{\"pod_name\":\"chat-0\"}}";
            case "syslog" -> "<30>Mar  1 10:00:01 gpu-a1 chat[42]: " + text;
            case "loki" ->
                "{\"streams\":[{\"stream\":{\"pod\":\"chat-0\"},\"values\":[[\"1772359201000000000\",\"" + json
                        + "\"]]}]}";
            default ->
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"" + json
                        + "\"}}]}]}]}";
        };
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** A field that holds what its parts make. */
    private static byte[] message(int field, byte[]... parts) {
        byte[] content = message(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        int length = content.length;
        while (length > 127) {
            out.write(length & 127 | 128);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] fixed64(int field, long number) {
        byte[] bytes = new byte[9];
        bytes[0] = (byte) (field << 3 | 1);
        for (int i = 0; i < 8; i++) {
            bytes[i + 1] = (byte) (number >>> 8 * i);
        }
        return bytes;
    }
}
