package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a story by what opened it, so that every run over the same logs finds the same name. */
final class StoryId {

    /** 64 bits: one accidental pair in four billion stories. */
    private static final int BYTES = 8;

    private StoryId() {}

    static String of(String cluster, Alert first) {
        String what = cluster + '\n' + first.rule() + '\n' + first.entity() + '\n' + first.startsAt();
        byte[] hash = sha256().digest(what.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
