package io.faultline.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads texts of which few differ, as the paths of files: each is encoded once, and read back as the same
 * {@code String}, whose hash is known by then. It keeps the {@value #SLOTS} used last, whatever they are. One serves one
 * thread.
 */
final class RepeatedText {

    private static final int SLOTS = 64;

    /** Longer ones are not worth their memory. */
    private static final int LONGEST_KEPT = 1_024;

    private final @Nullable String[] texts = new String[SLOTS];
    private final byte[][] encoded = new byte[SLOTS][];
    private byte[] read = new byte[LONGEST_KEPT];

    void write(String text, DataOutputView out) throws IOException {
        byte[] bytes = encode(text);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    String read(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length > LONGEST_KEPT) {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        in.readFully(read, 0, length);
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + read[i];
        }
        int slot = slot(hash);
        String text = texts[slot];
        if (text == null || !Arrays.equals(encoded[slot], 0, encoded[slot].length, read, 0, length)) {
            byte[] bytes = Arrays.copyOf(read, length);
            text = new String(bytes, StandardCharsets.UTF_8);
            texts[slot] = text;
            encoded[slot] = bytes;
        }
        return text;
    }

    private byte[] encode(String text) {
        int slot = slot(text.hashCode());
        if (text.equals(texts[slot])) {
            return encoded[slot];
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_KEPT) {
            texts[slot] = text;
            encoded[slot] = bytes;
        }
        return bytes;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
