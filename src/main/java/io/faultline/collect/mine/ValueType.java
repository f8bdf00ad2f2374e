package io.faultline.collect.mine;

import java.util.Locale;

/** What a wild-card of a template stands for. A wild-card that held values of two types is of the wider one. */
public enum ValueType {
    /** Digits, signed or with a fraction. */
    NUMBER(0),
    /** {@code 0x1f}, a hash, an address in memory. */
    HEX(1),
    /** A number with a unit of bytes: {@code 384.0 KB}. */
    SIZE(2),
    /** A number with a unit of time: {@code 25ms}. */
    DURATION(3),
    /** A time of day, a date, or both. */
    TIME(4),
    /** An address of the internet protocol, with or without its port; a hardware address too. */
    IP(5),
    /** The name of a host, with or without its port. */
    HOST(6),
    UUID(7),
    /** A file, absolute or not. */
    PATH(8),
    URL(9),
    /** {@code true} or {@code false}. */
    FLAG(10),
    /** Letters and digits together, as {@code blk_3886504906}. */
    ID(11),
    /** Names joined by dots, as {@code com.example.Worker}. */
    NAME(12),
    /** One word that was found to vary. */
    WORD(13),
    /** Several words, or values of several types. */
    TEXT(14);

    private static final ValueType[] BY_CODE = new ValueType[16];

    static {
        for (ValueType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final String id = name().toLowerCase(Locale.ROOT);
    /** How it is written in the state: never given to another one. */
    private final byte code;

    ValueType(int code) {
        this.code = (byte) code;
    }

    /** {@code number}. */
    public String id() {
        return id;
    }

    byte code() {
        return code;
    }

    static ValueType of(int code) {
        return BY_CODE[code];
    }

    /** The type of a wild-card that holds values of both. */
    ValueType or(ValueType other) {
        if (this == other) {
            return this;
        }
        if (isNumeric() && other.isNumeric()) {
            return this == NUMBER ? other : this;
        }
        return isWord() && other.isWord() ? WORD : TEXT;
    }

    /** Of a machine: stays one when a port follows. */
    boolean isAddress() {
        return this == IP || this == HOST;
    }

    /** Never a word of letters alone: such a word in its place makes another template. */
    boolean isMeasured() {
        return isNumeric() || this == TIME || this == IP || this == UUID;
    }

    private boolean isNumeric() {
        return this == NUMBER || this == SIZE || this == DURATION || this == HEX;
    }

    private boolean isWord() {
        return this == WORD || this == NAME || this == ID || this == HOST || this == HEX || this == FLAG;
    }
}
