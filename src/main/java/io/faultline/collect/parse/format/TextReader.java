package io.faultline.collect.parse.format;

/** Asks all parsers; for formats that carry a line of another format inside. */
public interface TextReader {

    /** What the first parser that understands a text makes of it. */
    ParseResult read(String text, ParseContext context);
}
