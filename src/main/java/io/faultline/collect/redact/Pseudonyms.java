package io.faultline.collect.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Short names that tell one text from another and say nothing of either. Not thread-safe. */
final class Pseudonyms {

    /** 48 bits: two of a million people share a name with a chance of one in five hundred. */
    private static final int PERSON_BYTES = 6;

    private static final int PROMPT_BYTES = 8;
    private static final String HMAC = "HmacSHA256";

    private final byte[] key;

    /** @param key the same on all machines; empty: there is none, and only prompts are hashed */
    Pseudonyms(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code 3f9a0c1d2e4b}: the same for the same text under the same key. */
    String of(String text) {
        if (key.length == 0) {
            throw new IllegalStateException(
                    "a pseudonym without a key is no more than a hash that anybody can look up");
        }
        return HexFormat.of().formatHex(hmac(text), 0, PERSON_BYTES);
    }

    /** {@code sha256:1a2b…}, or with a key, which makes short prompts safe from guessing too, {@code hmac:1a2b…}. */
    String ofPrompt(String text) {
        byte[] hash = key.length == 0 ? sha256(text) : hmac(text);
        return (key.length == 0 ? "sha256:" : "hmac:") + HexFormat.of().formatHex(hash, 0, PROMPT_BYTES);
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
