package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;

/**
 * What Blackwell's NVLink writes behind the codes 144 to 150: {@code NETIR_LINK_EVT Fatal XC0 i0 Link 08 (0x004505c6
 * 0x00000000 …)}. The unit and the first word tell what happened, the word Fatal or Nonfatal how bad it is.
 */
final class NvLinkReport {

    private NvLinkReport() {}

    static void read(String body, int from, Draft draft) {
        int severity = body.indexOf("atal ", from);
        if (severity < 0) {
            return;
        }
        int word = Cursor.lastIn(body, ' ', from, severity);
        int unitEnd = word;
        while (unitEnd > from && body.charAt(unitEnd - 1) == ' ') {
            unitEnd--;
        }
        int unit = Cursor.lastIn(body, ' ', from, unitEnd);
        draft.attribute("unit", unit < 0 ? null : body.substring(unit + 1, unitEnd));
        int link = body.indexOf("Link ", severity);
        if (link > 0) {
            Cursor cursor = new Cursor(body, link + 5);
            boolean all = cursor.take('-');
            long number = cursor.number();
            draft.attribute("link", number < 0 ? null : all ? "all" : Long.toString(number));
        }
        int open = body.indexOf("(0x", severity);
        if (open > 0 && open + 11 <= body.length()) {
            long code = hex(body, open + 3);
            if (code >= 0) {
                // NVIDIA's Xid catalogue: bits 20 to 25 of the first word are the sub-code.
                draft.measure("xid_sub_code", code >> 20 & 0x3f);
            }
        }
    }

    private static long hex(String text, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
