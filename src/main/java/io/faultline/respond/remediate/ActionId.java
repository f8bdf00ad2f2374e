package io.faultline.respond.remediate;

import io.faultline.model.ActionStep;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names an action by what it does about what, so that every run over the same logs finds the same name. */
final class ActionId {

    /** 48 bits, short enough to be typed: one accidental pair in sixteen million actions of a playbook. */
    private static final int BYTES = 6;

    private ActionId() {}

    /** {@code lost-gpu-0f3a5c7e9b21}. */
    static String of(String playbook, String cluster, String incident, List<ActionStep> steps) {
        String what = cluster + '\n' + incident + '\n' + steps;
        byte[] hash = sha256().digest(what.getBytes(StandardCharsets.UTF_8));
        return playbook + '-' + HexFormat.of().formatHex(hash, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
