package io.faultline.collect.decode.envelope;

import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format (protobuf.dev, Encoding) over a part of an array. Broken input is told by {@link #isBroken()},
 * and every number read from it is then 0.
 */
final class Wire {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int limit;
    private int at;
    private int type;
    private boolean broken;

    Wire(byte[] bytes, int from, int limit) {
        this.bytes = bytes;
        this.at = from;
        this.limit = limit;
    }

    /** The number of the next field; 0 at the end, or where the input is broken. */
    int field() {
        if (at >= limit || broken) {
            return 0;
        }
        long key = varint();
        type = (int) key & 7;
        int number = (int) (key >>> 3);
        if (key >>> 32 != 0 || number == 0) {
            broken = true;
        }
        return broken ? 0 : number;
    }

    /** How the field's value is written. */
    int type() {
        return type;
    }

    boolean isBroken() {
        return broken;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= limit) {
                break;
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        broken = true;
        return 0;
    }

    long fixed64() {
        if (limit - at < 8) {
            broken = true;
            return 0;
        }
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        at += 8;
        return value;
    }

    /** The message, text or bytes that stand here, as a reader of their own. */
    Wire nested() {
        long length = varint();
        if (broken || length < 0 || length > limit - at) {
            broken = true;
            return new Wire(bytes, limit, limit);
        }
        Wire inner = new Wire(bytes, at, at + (int) length);
        at += (int) length;
        return inner;
    }

    /** What is left of this as text. */
    String text() {
        return new String(bytes, at, limit - at, StandardCharsets.UTF_8);
    }

    /** What is left of this in hexadecimal digits. */
    String hexadecimal() {
        return java.util.HexFormat.of().formatHex(bytes, at, limit);
    }

    /** Passes over a value that nobody asked for. */
    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> fixed64();
            case BYTES -> nested();
            case FIXED32 -> {
                broken |= limit - at < 4;
                at = Math.min(limit, at + 4);
            }
            default -> broken = true;
        }
    }
}
