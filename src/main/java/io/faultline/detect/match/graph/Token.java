package io.faultline.detect.match.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of an expression.
 *
 * @param at where it begins, from 1
 */
record Token(Kind kind, String text, int at) {

    enum Kind {
        NUMBER,
        TEXT,
        REGEX,
        NAME,
        SIGN,
        END
    }

    /** What stands for something else in the middle of an expression of its own language. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<number>0[xX][0-9a-fA-F]+|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?[MN]?)"
                    + "|(?<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
                    + "|(?<name>[A-Za-z_][A-Za-z_0-9]*(?:\\.[A-Za-z_][A-Za-z_0-9]*)*)"
                    + "|(?<sign>=~|==|!=|<=|>=|&&|\\|\\||->|<<|>>|\\*\\*|[-+*/%!<>()?:,\\[\\]&|^~=;{}#]))");
    private static final Pattern REGEX = Pattern.compile("\\s*/((?:[^/\\\\]|\\\\.)+)/");

    static List<Token> read(String text) throws Unreadable {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.stripTrailing().length()) {
            Matcher regex = REGEX.matcher(text).region(at, text.length());
            boolean awaited =
                    !tokens.isEmpty() && tokens.get(tokens.size() - 1).text().equals("=~");
            Matcher token = awaited ? regex : TOKEN.matcher(text).region(at, text.length());
            if (!token.lookingAt()) {
                throw new Unreadable("\"" + text.substring(at).strip() + "\" can not be read");
            }
            tokens.add(awaited ? new Token(Kind.REGEX, regex.group(1), at + 1) : token(token));
            at = token.end();
        }
        tokens.add(new Token(Kind.END, "the end", text.length() + 1));
        return tokens;
    }

    private static Token token(Matcher token) {
        for (Kind kind : List.of(Kind.NUMBER, Kind.TEXT, Kind.NAME)) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            String group = token.group(name);
            if (group != null) {
                return new Token(kind, group, token.start(name) + 1);
            }
        }
        return new Token(Kind.SIGN, token.group("sign"), token.start("sign") + 1);
    }
}
