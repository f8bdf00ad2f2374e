package io.faultline.collect.mine;

/**
 * What the lines of one shape have in common.
 *
 * @param id the hash of the text as 16 hexadecimal digits: the same in every task and every run
 * @param text the line with {@code <*>} for each value
 * @param typed the text with the type of each value, as {@code <number>}: of the values seen when the template was made
 */
public record Template(String id, String text, String typed) {

    /** How a value is written in the text. */
    public static final String WILD_CARD = "<*>";

    static Template of(Parts parts) {
        String text = parts.text();
        return new Template(idOf(text), text, parts.typed());
    }

    /** FNV-1a over the characters, 64 bits, with the last mixing of MurmurHash3 behind it. */
    private static String idOf(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        hash ^= hash >>> 33;
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
