package io.faultline.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from, exactly enough to find it again.
 *
 * @param type what kind of place
 * @param name the topic, the file's path as it was given, or {@code -} for standard input
 * @param partition the Kafka partition; 0 elsewhere
 * @param position the Kafka offset, or the number of the line, counted from 1
 * @param part which of the records that were in that place, counted from 0: a shipper puts many into one Kafka record, and
 *     many processes write to one line
 */
public record Origin(Type type, String name, int partition, long position, int part) {

    private static final Pattern WRITTEN = Pattern.compile("(.+?)(/(\\d{1,9})@|:)(\\d{1,18})(?:#(\\d{1,9}))?");

    /** The only record of its place, or the first. */
    public Origin(Type type, String name, int partition, long position) {
        this(type, name, partition, position, 0);
    }

    /** The kinds of places that logs are read from. */
    public enum Type {
        KAFKA,
        FILE,
        STDIN
    }

    public static Origin file(String path, long line) {
        return new Origin(Type.FILE, path, 0, line);
    }

    public static Origin kafka(String topic, int partition, long offset) {
        return new Origin(Type.KAFKA, topic, partition, offset);
    }

    public static Origin stdin(long line) {
        return new Origin(Type.STDIN, "-", 0, line);
    }

    /** Another record of the same place. */
    public Origin withPart(int number) {
        return number == part ? this : new Origin(type, name, partition, position, number);
    }

    /** What {@link #toString} wrote, or null where it is nothing of the kind. */
    public static @Nullable Origin parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String name = matcher.group(1);
        long position = Long.parseLong(matcher.group(4));
        int part = matcher.group(5) == null ? 0 : Integer.parseInt(matcher.group(5));
        if (matcher.group(3) != null) {
            return new Origin(Type.KAFKA, name, Integer.parseInt(matcher.group(3)), position, part);
        }
        return new Origin(name.equals("-") ? Type.STDIN : Type.FILE, name, 0, position, part);
    }

    /** {@code train.log:17}, or {@code logs/3@120044} for Kafka; a place's second record is {@code train.log:17#1}. */
    @Override
    public String toString() {
        String place = type == Type.KAFKA ? name + "/" + partition + "@" + position : name + ":" + position;
        return part == 0 ? place : place + "#" + part;
    }
}
