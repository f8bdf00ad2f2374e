package io.faultline.collect.decode.envelope;

import com.github.luben.zstd.ZstdInputStream;
import io.faultline.model.RawLog.Trouble;
import io.faultline.model.Rejected.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Takes gzip and Zstandard off a payload, and never makes more than a limit of it. */
public final class Unpacking {

    /** How {@code gzip} begins in Base64, which is how CloudWatch and Kinesis send it as text. */
    static final String GZIP_IN_BASE64 = "H4sI";

    private Unpacking() {}

    /**
     * What came of it.
     *
     * @param bytes what was in it; empty where that can not be known
     * @param trouble why not; null where all is well
     */
    public record Unpacked(byte[] bytes, @Nullable Trouble trouble) {}

    public static boolean isPacked(byte[] bytes) {
        return isGzip(bytes) || isZstandard(bytes);
    }

    /** @param limit bytes that are made at most */
    public static Unpacked unpack(byte[] packed, int limit) {
        try (InputStream in = open(packed)) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                return failed(Reason.TOO_LONG, "it unpacks to more than " + limit + " bytes; at most so many are read");
            }
            return new Unpacked(bytes, null);
        } catch (IOException e) {
            return failed(
                    Reason.CORRUPT_COMPRESSION,
                    "the compressed payload is damaged or cut: " + e.getMessage() + "; a whole one would be right");
        }
    }

    private static Unpacked failed(Reason reason, String detail) {
        return new Unpacked(new byte[0], new Trouble(reason, detail));
    }

    private static InputStream open(byte[] packed) throws IOException {
        InputStream in = new ByteArrayInputStream(packed);
        return isGzip(packed) ? new GZIPInputStream(in) : new ZstdInputStream(in);
    }

    private static boolean isGzip(byte[] head) {
        return head.length > 17 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8;
    }

    private static boolean isZstandard(byte[] head) {
        return head.length > 8
                && head[0] == 0x28
                && head[1] == (byte) 0xb5
                && head[2] == 0x2f
                && head[3] == (byte) 0xfd;
    }
}
