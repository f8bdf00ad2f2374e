package io.faultline.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a thing by what makes it that thing, so that every run over the same logs finds the same name.
 *
 * <p>A name of 8 bytes meets another one by accident once in four billion things (the birthday bound, 2<sup>32</sup>), one
 * of 6 bytes once in sixteen million.
 */
public final class ContentId {

    private ContentId() {}

    /**
     * The beginning of the SHA-256 of some parts, in lower-case hexadecimal digits.
     *
     * @param bytes how many bytes of it, 1 to 32; two digits each
     * @param parts what makes the thing; none with a line end, since that stands between them
     */
    public static String of(int bytes, Object... parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : "\n").append(parts[i]);
        }
        byte[] hash = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
