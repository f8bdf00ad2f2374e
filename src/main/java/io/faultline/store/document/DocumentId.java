package io.faultline.store.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Hashes what makes a record itself to 128 bits, written as 22 characters. */
final class DocumentId {

    /** Half of SHA-256: a billion documents share an id with a chance of 1 in 10²⁰. */
    private static final int BYTES = 16;

    private final MessageDigest digest;

    private DocumentId(MessageDigest digest) {
        this.digest = digest;
    }

    static DocumentId hash() {
        try {
            return new DocumentId(MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    DocumentId with(@Nullable String text) {
        return text == null ? with(-1) : with(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length goes before the bytes: "ab", "c" is not "a", "bc". */
    DocumentId with(byte[] bytes) {
        with(bytes.length);
        digest.update(bytes);
        return this;
    }

    DocumentId with(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (number >> shift));
        }
        return this;
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }
}
