package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel begins a line about a PCI device: {@code mlx5_core 0000:1a:00.0 enp26s0np0: Link down}.
 *
 * @param address lower case with the function, {@code 0000:1a:00.0}
 * @param network the name of its network interface; null where the line has none
 * @param textStart where the text begins
 */
record DeviceLine(String driver, String address, @Nullable String network, int textStart) {

    /** A driver's name is no longer; the look ahead costs no more. */
    private static final int LONGEST_DRIVER = 24;

    /** Whether a text has the shape; costs a few comparisons. */
    static boolean mayBegin(String text) {
        int blank = text.indexOf(' ', 0);
        return blank > 0 && blank <= LONGEST_DRIVER && isAddress(text, blank + 1);
    }

    static @Nullable DeviceLine read(String text) {
        if (!mayBegin(text)) {
            return null;
        }
        int blank = text.indexOf(' ');
        Cursor cursor = new Cursor(text, blank + 1);
        String address = cursor.textFrom(blank + 1, 12).toLowerCase(Locale.ROOT);
        cursor.position(blank + 13);
        String network = null;
        if (cursor.take(' ')) {
            String word = cursor.word();
            network = word.endsWith(":") ? word.substring(0, word.length() - 1) : null;
            if (network == null || network.isEmpty()) {
                return null;
            }
        } else if (!cursor.take(':')) {
            return null;
        }
        String driver = text.substring(0, blank);
        return new DeviceLine(driver, address, network, cursor.spaces().position());
    }

    /** {@code 0000:1a:00.0} at a place. */
    static boolean isAddress(String text, int at) {
        if (at + 12 > text.length()) {
            return false;
        }
        for (int i = 0; i < 12; i++) {
            char c = text.charAt(at + i);
            boolean right = (i == 4 || i == 7) ? c == ':' : i == 10 ? c == '.' : Character.digit(c, 16) >= 0;
            if (!right) {
                return false;
            }
        }
        return true;
    }
}
