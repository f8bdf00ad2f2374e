package io.faultline.collect.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of bytes: UTF-8 where they are, else UTF-16 by its mark, else GB18030 or windows-1252 by how their high bytes
 * stand together. The same bytes give the same text, whatever came before them.
 *
 * <p>In GB18030 nearly all characters are pairs of high bytes, so runs of high bytes are long and even; in windows-1252 they
 * are single accented letters between ASCII ones.
 */
final class Charsets {

    /** The name of what was read as UTF-8 with some characters lost. */
    static final String REPLACED = "replaced";

    private static final char REPLACEMENT = '\uFFFD';
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /**
     * A text and how it was read.
     *
     * @param charset null for UTF-8
     */
    record Decoded(String text, @Nullable String charset) {}

    private Charsets() {}

    static boolean isUtf16(byte[] bytes) {
        return bytes.length >= 4
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
    }

    /** @param bytes from where to where, so that padding can be left out */
    static Decoded decode(byte[] bytes, int from, int to) {
        if (from == 0 && isUtf16(bytes)) {
            boolean little = bytes[0] == (byte) 0xff;
            Charset utf16 = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            return new Decoded(new String(bytes, 2, to - 2, utf16), utf16.name());
        }
        int start = isMarked(bytes, from, to) ? from + 3 : from;
        String utf8 = new String(bytes, start, to - start, StandardCharsets.UTF_8);
        if (utf8.indexOf(REPLACEMENT) < 0) {
            return new Decoded(utf8, null);
        }
        Charset other = isMostlyUtf8(utf8) ? null : likely(bytes, start, to);
        String text = other == null ? null : strictly(other, bytes, start, to);
        return text == null || other == null ? new Decoded(utf8, REPLACED) : new Decoded(text, other.name());
    }

    private static boolean isMarked(byte[] bytes, int from, int to) {
        return to - from >= 3
                && bytes[from] == (byte) 0xef
                && bytes[from + 1] == (byte) 0xbb
                && bytes[from + 2] == (byte) 0xbf;
    }

    /** A line of UTF-8 that was cut in the middle of a character, or holds some foreign bytes. */
    private static boolean isMostlyUtf8(String text) {
        int kept = 0;
        int lost = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lost += c == REPLACEMENT ? 1 : 0;
            kept += c > 0x7f && c != REPLACEMENT ? 1 : 0;
        }
        return kept >= 2 * lost;
    }

    private static @Nullable Charset likely(byte[] bytes, int from, int to) {
        int paired = 0;
        int single = 0;
        int odd = 0;
        int i = from;
        while (i < to) {
            int run = i;
            while (run < to && bytes[run] < 0) {
                odd += isNoLetter(bytes[run]) ? 1 : 0;
                run++;
            }
            paired += (run - i) / 2;
            single += (run - i) % 2;
            i = run + 1;
        }
        if (paired > single) {
            return GB18030;
        }
        return odd * 2 <= single + paired * 2 ? WINDOWS_1252 : null;
    }

    /** 0x80…0x9F are control characters nearly everywhere, and quotation marks in windows-1252. */
    private static boolean isNoLetter(byte b) {
        return (b & 0xff) < 0x80 + 0x20 && (b & 0xff) != 0x80 && ((b & 0xff) < 0x91 || (b & 0xff) > 0x97);
    }

    private static @Nullable String strictly(Charset charset, byte[] bytes, int from, int to) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
