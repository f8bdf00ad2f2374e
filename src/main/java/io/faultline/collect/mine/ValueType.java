package io.faultline.collect.mine;

import java.util.Locale;

/** What a wild-card of a template stands for. A wild-card that held values of two types is of the wider one. */
public enum ValueType {
    /** Digits, signed or with a fraction. */
    NUMBER,
    /** {@code 0x1f}, a hash, an address in memory. */
    HEX,
    /** A number with a unit of bytes: {@code 384.0 KB}. */
    SIZE,
    /** A number with a unit of time: {@code 25ms}. */
    DURATION,
    /** A time of day, a date, or both. */
    TIME,
    /** An address of the internet protocol, with or without its port; a hardware address too. */
    IP,
    /** The name of a host, with or without its port. */
    HOST,
    UUID,
    /** A file, absolute or not. */
    PATH,
    URL,
    /** {@code true} or {@code false}. */
    FLAG,
    /** Letters and digits together, as {@code blk_3886504906}. */
    ID,
    /** Names joined by dots, as {@code com.example.Worker}. */
    NAME,
    /** One word that was found to vary. */
    WORD,
    /** Several words, or values of several types. */
    TEXT;

    private static final ValueType[] ALL = values();

    private final String id = name().toLowerCase(Locale.ROOT);

    /** {@code number}. */
    public String id() {
        return id;
    }

    static ValueType at(int ordinal) {
        return ALL[ordinal];
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

    private boolean isNumeric() {
        return this == NUMBER || this == SIZE || this == DURATION || this == HEX;
    }

    private boolean isWord() {
        return this == WORD || this == NAME || this == ID || this == HOST || this == HEX || this == FLAG;
    }
}
