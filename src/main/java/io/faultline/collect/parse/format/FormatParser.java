package io.faultline.collect.parse.format;

/** Understands one format. Stateless; what has to be remembered of a stream is in {@link StreamMemory}. */
public interface FormatParser {

    /** The name events carry as {@code format}. */
    String name();

    Family family();

    /** The family of a line of this format in a stream of a known family. */
    default Family familyIn(Family stream) {
        return family() == Family.GENERIC ? stream : family();
    }

    /** Whether an interpreter itself writes this, of an error that nobody caught: the process or its thread is over. */
    default boolean isUncaught() {
        return false;
    }

    /**
     * The characters that a record of this format can begin with, where these are few: about other records of ASCII it is
     * not asked. Empty where a record can begin with any.
     */
    default String beginnings() {
        return "";
    }

    /** A look that costs nanoseconds: false where the record can not be of this format. */
    boolean mayRead(String text);

    ParseResult parse(String text, ParseContext context);

    /** Why a record that it does not read is not of this format, for {@code parse --explain}. */
    default String whyNot(String text, ParseContext context) {
        return mayRead(text) ? "begins like it, but does not go on like it" : "does not begin like it";
    }

    /**
     * What the stream's next records must know of this one, as the header of a table: it comes back as {@link
     * StreamMemory#note}. At most {@link StreamMemory#LONGEST_NOTE} characters.
     *
     * @param before what was noted until now
     */
    default String note(ParseResult.Parsed parsed, String before) {
        return before;
    }
}
