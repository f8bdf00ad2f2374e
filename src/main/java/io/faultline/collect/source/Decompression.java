package io.faultline.collect.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Takes gzip and Zstandard off: by the name's ending, or by the first bytes where the name does not say so. */
final class Decompression {

    private static final int BUFFER = 64 * 1024;

    private Decompression() {}

    /** The plain bytes, or the stream itself where it is not compressed. An empty file is empty, whatever its name. */
    static InputStream of(String path, InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(4);
        byte[] head = buffered.readNBytes(4);
        buffered.reset();
        String name = path.toLowerCase(Locale.ROOT);
        if (head.length == 0) {
            return buffered;
        }
        if (name.endsWith(".gz") || isGzip(head)) {
            return new GZIPInputStream(buffered, BUFFER);
        }
        return name.endsWith(".zst") || isZstandard(head) ? new ZstdInputStream(buffered) : buffered;
    }

    private static boolean isGzip(byte[] head) {
        return head.length >= 3 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8;
    }

    private static boolean isZstandard(byte[] head) {
        return head.length >= 4
                && head[0] == 0x28
                && head[1] == (byte) 0xb5
                && head[2] == 0x2f
                && head[3] == (byte) 0xfd;
    }
}
