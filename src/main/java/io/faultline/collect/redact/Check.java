package io.faultline.collect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/** What tells a real secret from a text of the same shape. */
enum Check {
    NONE {
        @Override
        boolean passes(String text) {
            return true;
        }
    },
    /** Looks as if made by dice: long, of letters and digits, without words that read. */
    RANDOM {
        @Override
        boolean passes(String text) {
            return isRandom(text);
        }
    },
    /** The header of a JSON Web Token, which names its algorithm. */
    JWT {
        @Override
        boolean passes(String text) {
            try {
                int dot = text.indexOf('.');
                byte[] header = Base64.getUrlDecoder().decode(text.substring(0, dot < 0 ? text.length() : dot));
                String json = new String(header, StandardCharsets.UTF_8);
                return json.startsWith("{") && json.contains("\"alg\"");
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    };

    /** The digits of the checksum at the end of GitHub's and npm's tokens. */
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** GitHub: "the checksum is a CRC32 of the token's random part, in six Base62 digits". */
    private static final int CHECKSUM = 6;

    abstract boolean passes(String text);

    /**
     * Whether a token of the form {@code prefix_randomchecksum} holds the right checksum. One that does is a token wherever
     * it stands; one that does not may still be: it was cut, or belongs to a server that makes its own.
     */
    static boolean hasChecksum(String token) {
        int from = token.lastIndexOf('_') + 1;
        int end = token.length() - CHECKSUM;
        if (from == 0 || end <= from) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(token.substring(from, end).getBytes(StandardCharsets.US_ASCII));
        long written = 0;
        for (int i = end; i < token.length(); i++) {
            int digit = BASE62.indexOf(token.charAt(i));
            if (digit < 0) {
                return false;
            }
            written = written * BASE62.length() + digit;
        }
        return crc.getValue() == written;
    }

    /** Letters and digits, eight and more, and no number with a unit: {@code 61.107ms}. */
    static boolean isMixed(String text) {
        int digits = 0;
        int letters = 0;
        int last = text.length();
        while (last > 0 && Texts.isLetter(text.charAt(last - 1))) {
            last--;
        }
        boolean quantity = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += Texts.isDigit(c) ? 1 : 0;
            letters += Texts.isLetter(c) ? 1 : 0;
            quantity &= i >= last || Texts.isDigit(c) || c == '.' || c == ',';
        }
        return text.length() >= 8 && digits >= 1 && letters >= 2 && !quantity && !text.startsWith("0x");
    }

    /** At least 16 characters of a token's alphabet, digits and letters among them, and eight different ones. */
    static boolean isRandom(String text) {
        if (text.length() < 16 || text.startsWith("0x")) {
            return false;
        }
        int digits = 0;
        int letters = 0;
        int different = 0;
        long seen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Texts.isTokenChar(c) && "./+=~%:".indexOf(c) < 0) {
                return false;
            }
            digits += Texts.isDigit(c) ? 1 : 0;
            letters += Texts.isLetter(c) ? 1 : 0;
            long bit = 1L << (c & 63);
            different += (seen & bit) == 0 ? 1 : 0;
            seen |= bit;
        }
        return digits >= 2 && letters >= 4 && different >= 8;
    }
}
