package io.faultline.collect.redact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as a text that can become bytes again.
 *
 * @param text UTF-8 where it is that, UTF-16 where every second byte is zero; else a character a byte, so that what is
 *     written in ASCII between other bytes is found and the other bytes stay what they are
 * @param charset what it was read by
 */
record PayloadText(String text, Charset charset) {

    static PayloadText of(byte[] payload) {
        Charset wide = wide(payload);
        if (wide != null) {
            return new PayloadText(new String(payload, wide), wide);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return new PayloadText(text, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new PayloadText(new String(payload, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        }
    }

    byte[] bytes(String redacted) {
        return redacted.getBytes(charset);
    }

    private static @Nullable Charset wide(byte[] payload) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < payload.length; i++) {
            even += payload[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += payload[i] == 0 && i % 2 == 1 ? 1 : 0;
        }
        int many = payload.length / 3;
        boolean isWide = payload.length >= 4 && even + odd > many;
        if (!isWide || (even > many / 4 && odd > many / 4)) {
            return null;
        }
        return even > odd ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
}
