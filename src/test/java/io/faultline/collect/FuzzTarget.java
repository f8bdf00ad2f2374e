package io.faultline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.Attributes;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What is offered any bytes there are: each parser alone, and the whole way from bytes to events. */
public final class FuzzTarget {

    private static final Instant SEEN = Instant.parse("2026-03-02T00:00:00Z");

    /** An event says at most so many characters for each that came in, and a handful more. */
    private static final int GROWTH = 40;

    private FuzzTarget() {}

    /** All targets by name: {@code decode} and each format. */
    public static Map<String, Consumer<byte[]>> all() {
        Map<String, Consumer<byte[]>> targets = new TreeMap<>();
        targets.put("decode", FuzzTarget::decode);
        for (String format : new LineParser(ParseSettings.defaults()).formats()) {
            targets.put(format, parser(format));
        }
        return targets;
    }

    /** Lines as a source reads them, through decoding and parsing. */
    private static void decode(byte[] bytes) {
        StreamDecoder decoder = new StreamDecoder(DecodeSettings.defaults());
        LineParser parser = new LineParser(ParseSettings.defaults());
        List<TextLog> records = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                byte[] line = java.util.Arrays.copyOfRange(bytes, from, i);
                decoder.add(
                        new RawLog(Origin.file("any.log", 1), SEEN, "any.log", line, Attributes.NONE),
                        SEEN.toEpochMilli(),
                        records::add,
                        rejected::add);
                from = i + 1;
            }
        }
        decoder.finish(records::add);
        int chars = records.stream().mapToInt(record -> record.text().length()).sum();
        assertThat(chars).isLessThanOrEqualTo(2 * bytes.length + 16);
        StreamMemory memory = StreamMemory.EMPTY;
        for (TextLog record : records) {
            LineParser.Outcome outcome = parser.parse(record, memory, SEEN);
            memory = outcome.memory();
            check(outcome.event(), record.text().length());
        }
    }

    /** A record as decode hands it on, to the parser of a format first. */
    private static Consumer<byte[]> parser(String format) {
        LineParser parser = new LineParser(ParseSettings.defaults());
        StreamMemory memory = StreamMemory.of(format, Family.GENERIC);
        return bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            TextLog record = new TextLog(Origin.file("any.log", 1), SEEN, "any.log", text, Attributes.NONE, false);
            check(parser.parse(record, memory, SEEN).event(), text.length());
        };
    }

    private static void check(LogEvent event, int chars) {
        int size = event.message().length() + event.severityText().length();
        for (String value : event.attributes().values()) {
            size += value.length();
        }
        assertThat(size).isLessThanOrEqualTo(GROWTH * chars + 1_000);
        assertThat(event.attributes().size()).isLessThanOrEqualTo(128);
        assertThat(event.severityNumber()).isBetween(1, 24);
    }
}
