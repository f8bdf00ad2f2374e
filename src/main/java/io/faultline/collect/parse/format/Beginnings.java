package io.faultline.collect.parse.format;

/** Characters of which {@link FormatParser#beginnings} are made. */
public final class Beginnings {

    public static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    public static final String LETTERS = CAPITALS + "abcdefghijklmnopqrstuvwxyz";
    public static final String DIGITS = "0123456789";

    private Beginnings() {}
}
