package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;

/**
 * Ollama's own lines, Go's slog as text: {@code time=2026-03-01T10:00:00.000Z level=INFO source=routes.go:1511 msg="text"
 * key=value "key with blanks"="value"}.
 */
public final class OllamaParser implements FormatParser {

    private static final String[] KEY_NOTICES = {"Couldn't find '", "Your new public key is", "ssh-ed25519 "};

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "t2CYs";
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > 16
                && ((text.startsWith("time=2") && text.indexOf(".go:") > 0)
                        || (text.startsWith("time=\"2") && text.indexOf(".go:") > 0)
                        || (text.charAt(0) == '2'
                                && text.charAt(4) == '/'
                                && text.indexOf(".go:") == text.indexOf(".go", 20))
                        || isKeyNotice(text));
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (isKeyNotice(text)) {
            // The key itself is nothing to keep.
            return draft.message(text.startsWith("ssh-") ? "ssh-ed25519 …" : text)
                    .parsed();
        }
        if (text.charAt(0) == '2') {
            return early(text, draft, context);
        }
        Pairs pairs = new Pairs(text, 0);
        boolean message = false;
        boolean source = false;
        while (pairs.next()) {
            switch (pairs.key()) {
                case "time" -> draft.at(context.timestamps().iso(new Cursor(pairs.value())));
                case "level" -> draft.severity(Math.max(1, levelOf(pairs.value())), pairs.value());
                case "source" -> {
                    source = true;
                    draft.attribute("source", pairs.value());
                }
                case "msg" -> {
                    message = true;
                    draft.message(pairs.value());
                }
                // The whole environment, with what it holds of secrets.
                case "env" -> {}
                default -> draft.attribute(pairs.key(), pairs.value());
            }
        }
        if (draft.timestamp() == null || !message || !source) {
            return ParseResult.UNRECOGNISED;
        }
        OllamaEvents.classify(draft, context);
        return draft.parsed();
    }

    /** {@code 2026/03/01 10:00:00 routes.go:1187: INFO server config env="map[…]"}, before the handler is set. */
    private static ParseResult early(String text, Draft draft, ParseContext context) {
        Cursor cursor = new Cursor(text);
        draft.at(context.timestamps().iso(cursor));
        String source = draft.timestamp() != null && cursor.take(' ') ? cursor.until(": ") : null;
        String level = source == null || source.indexOf(".go:") < 0 ? "" : cursor.word();
        int severity = levelOf(level);
        if (severity == 0 || source == null || !cursor.take(' ')) {
            return ParseResult.UNRECOGNISED;
        }
        draft.severity(severity, level).attribute("source", source);
        int fields = TracingFields.start(text, cursor.position());
        draft.message(text.substring(cursor.position(), fields).strip());
        Pairs pairs = new Pairs(text, fields);
        while (pairs.next()) {
            if (!pairs.key().equals("env")) {
                draft.attribute(pairs.key(), pairs.value());
            }
        }
        return draft.parsed();
    }

    /** slog writes what lies between two levels as {@code DEBUG-4}. */
    private static int levelOf(String level) {
        int sign = Math.max(level.indexOf('-'), level.indexOf('+'));
        return SeverityWords.numberOf(sign > 0 ? level.substring(0, sign) : level);
    }

    private static boolean isKeyNotice(String text) {
        for (String notice : KEY_NOTICES) {
            if (text.startsWith(notice)) {
                return !notice.startsWith("Couldn't") || text.contains("id_ed25519");
            }
        }
        return false;
    }

    /** Walks over {@code key=value}, either of them in quotes or not. */
    private static final class Pairs {
        private final String text;
        private int at;
        private String key = "";
        private String value = "";

        Pairs(String text, int from) {
            this.text = text;
            at = from;
        }

        String key() {
            return key;
        }

        String value() {
            return value;
        }

        boolean next() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
            if (at >= text.length()) {
                return false;
            }
            key = token('=');
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = token('\0');
            } else {
                value = "";
            }
            return true;
        }

        private String token(char end) {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int from = at;
            while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != end) {
                at++;
            }
            return text.substring(from, at);
        }

        private String quoted() {
            int from = at + 1;
            int i = from;
            boolean escaped = false;
            while (i < text.length() && text.charAt(i) != '"') {
                if (text.charAt(i) == '\\') {
                    escaped = true;
                    i++;
                }
                i++;
            }
            int to = Math.min(i, text.length());
            at = Math.min(to + 1, text.length());
            String inner = text.substring(Math.min(from, to), to);
            return escaped
                    ? inner.replace("\\\"", "\"")
                            .replace("\\n", "\n")
                            .replace("\\t", "\t")
                            .replace("\\\\", "\\")
                    : inner;
        }
    }
}
