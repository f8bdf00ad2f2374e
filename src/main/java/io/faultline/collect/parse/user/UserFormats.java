package io.faultline.collect.parse.user;

import io.faultline.collect.parse.format.FormatParser;
import java.time.ZoneId;
import java.util.List;

/** The parsers of a set of definitions, over one prefilter. */
public final class UserFormats {

    private final List<UserParser> parsers;

    /** @param zone of times whose zone neither they nor their file tell */
    public UserFormats(List<ParserDefinition> definitions, ZoneId zone) {
        Prefilter prefilter = new Prefilter();
        parsers = definitions.stream()
                .map(definition -> new UserParser(definition, prefilter, zone))
                .toList();
    }

    /** Those that are asked before the built-in ones. */
    public List<FormatParser> beforeBuiltIn() {
        return those(true);
    }

    /** Those that are asked after the built-in ones that have a head of their own. */
    public List<FormatParser> beforeGeneric() {
        return those(false);
    }

    private List<FormatParser> those(boolean first) {
        return parsers.stream()
                .filter(parser -> parser.definition().beforeBuiltIn() == first)
                .map(FormatParser.class::cast)
                .toList();
    }
}
