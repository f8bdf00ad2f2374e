package io.faultline.collect.redact;

/**
 * The lines inside of a private key. Where each line is a record of its own, those after the first do not say what they
 * are; but a line of nothing except Base64 says nothing that a diagnosis needs.
 */
final class KeyLines {

    /** The rule that is on or off; its literal is that of the key's first line. */
    static final String RULE = "private-key-lines";

    /** PEM has 64 characters a line, OpenSSH 70; a hash in hexadecimal digits has no capital and small letters. */
    private static final int MIN = 40;

    private static final int MAX = 80;

    private KeyLines() {}

    static void find(Findings found) {
        String text = found.text();
        int start = 0;
        while (start >= 0 && start < text.length()) {
            int end = base64End(text, start);
            if (end - start >= MIN && end - start <= MAX && Texts.at(text, end) < ' ' && isMixed(text, start, end)) {
                found.add(start, end);
            }
            start = text.indexOf('\n', end) + 1;
            if (start == 0) {
                return;
            }
        }
    }

    private static int base64End(String text, int from) {
        int end = from;
        while (end < text.length() && end - from <= MAX && Texts.isBase64(text.charAt(end))) {
            end++;
        }
        while (end < text.length() && end - from <= MAX && text.charAt(end) == '=') {
            end++;
        }
        return end;
    }

    private static boolean isMixed(String text, int from, int to) {
        int small = 0;
        int capital = 0;
        int slashes = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            small += c >= 'a' && c <= 'z' ? 1 : 0;
            capital += c >= 'A' && c <= 'Z' ? 1 : 0;
            slashes += c == '/' ? 1 : 0;
        }
        // A path has a slash every few letters and few capitals; in Base64 one character in 64 is a slash.
        return small >= 8 && capital >= 8 && slashes <= (to - from) / 10;
    }
}
