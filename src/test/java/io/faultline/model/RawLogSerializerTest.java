package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RawLogSerializerTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T10:00:00.123456789Z");

    private final TypeSerializer<RawLog> serializer =
            TypeInformation.of(RawLog.class).createSerializer(new SerializerConfigImpl());

    static Stream<RawLog> logs() {
        byte[] text = "[rank3]: Größe 7".getBytes(StandardCharsets.UTF_8);
        Attributes headers = Attributes.of(Map.of("host", "gpu-a1", "leer", ""));
        String deep = "d/".repeat(3_000) + "x.log";
        return Stream.of(
                new RawLog(Origin.file("train-llm.log", 17), SEEN, "train-llm.log", text, Attributes.NONE),
                new RawLog(Origin.stdin(Long.MAX_VALUE), SEEN, "-", new byte[0], Attributes.NONE),
                new RawLog(Origin.kafka("logs", 3, 120_044), SEEN, "gpu-a1", text, headers),
                new RawLog(Origin.file("größe.log", 1), Instant.EPOCH.minusNanos(1), "größe.log", text, headers),
                new RawLog(Origin.file(deep, 1), SEEN, deep, text, Attributes.NONE),
                new RawLog(
                        Origin.file("core", 0),
                        SEEN,
                        "core",
                        new byte[] {0, -1, 10},
                        Attributes.NONE,
                        new Trouble(Reason.BINARY, "the file is not text")));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void readsWhatItWrote(RawLog log) throws IOException {
        RawLog read = travel(log);

        assertThat(read).usingRecursiveComparison().isEqualTo(log);
    }

    @Test
    void keepsApartManyTextsWhoseSlotsAreTheSame() throws IOException {
        for (int round = 0; round < 2; round++) {
            for (String path : IntStream.range(0, 1_000)
                    .mapToObj(i -> "node-" + i + ".log")
                    .toList()) {
                RawLog log = new RawLog(Origin.file(path, 1), SEEN, path, new byte[0], Attributes.NONE);

                assertThat(travel(log).stream()).isEqualTo(path);
            }
        }
    }

    @Test
    void readsTheSamePathAsTheSameString() throws IOException {
        RawLog first = travel(logs().findFirst().orElseThrow());
        RawLog second = travel(logs().findFirst().orElseThrow());

        assertThat(second.stream())
                .isSameAs(first.stream())
                .isSameAs(first.origin().name());
    }

    @Test
    void copiesFromOneViewToAnotherWithoutTouchingWhatFollows() throws IOException {
        RawLog log = logs().skip(2).findFirst().orElseThrow();
        DataOutputSerializer two = new DataOutputSerializer(64);
        serializer.serialize(log, two);
        serializer.serialize(log, two);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        DataInputDeserializer in = new DataInputDeserializer(two.getCopyOfBuffer());

        serializer.copy(in, copied);

        assertThat(copied.getCopyOfBuffer()).hasSize(two.length() / 2);
        assertThat(in.available()).isEqualTo(two.length() / 2);
    }

    @Test
    void isFoundAgainByTheSnapshotInASavepoint() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<RawLog> restored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(restored)
                        .isCompatibleAsIs())
                .isTrue();
    }

    private RawLog travel(RawLog log) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(log, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        RawLog read = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
