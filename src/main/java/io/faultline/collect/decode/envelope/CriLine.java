package io.faultline.collect.decode.envelope;

import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a container as a Kubernetes node keeps it, {@code <RFC3339Nano> stdout|stderr P|F <text>} (kubernetes,
 * cri-api: more tags may follow P or F after colons), and what {@code kubectl logs --timestamps} and {@code docker logs -t}
 * leave of it: the time alone.
 */
final class CriLine {

    /** Docker and the CRI write the nanoseconds in full, which no application does. */
    private static final int NANOSECONDS = 9;

    private CriLine() {}

    /** The text, with what stands before it written on the address; null where it is no such line. */
    static @Nullable String read(String text, Timestamps timestamps, Address address) {
        int blank = text.indexOf(' ');
        if (blank < 20 || blank > 40 || text.charAt(10) != 'T') {
            return null;
        }
        boolean out = text.startsWith("stdout ", blank + 1);
        if (!out && !text.startsWith("stderr ", blank + 1)) {
            return fraction(text) == NANOSECONDS ? timed(text, blank, timestamps, address) : null;
        }
        int tag = blank + 8;
        char part = tag < text.length() ? text.charAt(tag) : 0;
        int end = tag + 1;
        while (end < text.length() && text.charAt(end) != ' ' && end < tag + 64) {
            end++;
        }
        boolean whole = end >= text.length() || text.charAt(end) == ' ';
        boolean tagged = end == tag + 1 || text.charAt(Math.min(tag + 1, text.length() - 1)) == ':';
        Instant written = (part == 'P' || part == 'F') && whole && tagged ? time(text, blank, timestamps) : null;
        if (written == null) {
            return null;
        }
        address.kind("cri").written(written).put("stream", out ? "stdout" : "stderr");
        address.part(part == 'P' ? Part.MORE : Part.LAST);
        return text.substring(Math.min(end + 1, text.length()));
    }

    private static @Nullable String timed(String text, int blank, Timestamps timestamps, Address address) {
        Instant written = time(text, blank, timestamps);
        if (written == null) {
            return null;
        }
        address.kind("timestamps").written(written);
        return text.substring(blank + 1);
    }

    private static @Nullable Instant time(String text, int blank, Timestamps timestamps) {
        Cursor cursor = new Cursor(text);
        Instant time = timestamps.iso(cursor);
        return cursor.position() == blank ? time : null;
    }

    private static int fraction(String text) {
        if (text.charAt(19) != '.') {
            return 0;
        }
        int end = 20;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - 20;
    }
}
