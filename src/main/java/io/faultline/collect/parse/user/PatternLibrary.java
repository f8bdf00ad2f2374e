package io.faultline.collect.parse.user;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.faultline.settings.NearestWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Named sub-patterns and the two ways to write a line with them: {@code step={INT:step}}, where all but the braces is
 * meant as it stands, and {@code step=%{INT:step}} inside an RE2 pattern.
 */
final class PatternLibrary {

    private static final Map<String, String> SHIPPED = shipped();

    /** A pattern made of patterns of patterns deeper than this is a circle. */
    private static final int DEEPEST = 12;

    private final Map<String, String> patterns = new TreeMap<>(SHIPPED);

    /** The names and patterns that come with Faultline. */
    static Map<String, String> shippedPatterns() {
        return new TreeMap<>(SHIPPED);
    }

    /** Adds a file's own; one of a shipped name replaces it there. */
    void add(String name, String regex) {
        patterns.put(name, regex);
    }

    /** Checks a sub-pattern by itself. */
    void check(String name, Consumer<String> problem) {
        String regex = expand(patterns.getOrDefault(name, ""), new HashSet<>(), 0, problem);
        if (regex != null) {
            compiles(regex, problem);
        }
    }

    /** A line with {@code {NAME:field}} in it; null where something is wrong with it. */
    @Nullable
    LinePattern match(String written, Consumer<String> problem) {
        List<LinePattern.Part> parts = new ArrayList<>();
        Set<String> fields = new HashSet<>();
        int optional = -1;
        StringBuilder inside = new StringBuilder();
        int i = 0;
        while (i < written.length()) {
            LinePattern.Part part;
            int end;
            if (written.startsWith("{?", i) || written.startsWith("?}", i)) {
                boolean opens = written.charAt(i) == '{';
                if (opens == optional >= 0) {
                    problem.accept(opens ? "an optional part {? … ?} stands in another one" : "\"?}\" ends no \"{?\"");
                    return null;
                }
                i += 2;
                if (opens) {
                    optional = i - 2;
                    inside.setLength(0);
                } else {
                    parts.add(new LinePattern.Part(written.substring(optional, i), "(?:" + inside + ")?"));
                    optional = -1;
                }
                continue;
            }
            boolean brace = written.startsWith("{{", i) || written.startsWith("}}", i);
            if (written.charAt(i) == '{' && !brace) {
                end = written.indexOf('}', i) + 1;
                String reference = end == 0 ? "" : written.substring(i + 1, end - 1);
                String regex = end == 0 ? null : reference(reference, fields, 0, problem);
                if (regex == null) {
                    if (end == 0) {
                        problem.accept("\"{\" is never closed; {{ is a brace itself");
                    }
                    return null;
                }
                part = new LinePattern.Part(written.substring(i, end), regex);
            } else {
                end = endOfText(written, i);
                String text = written.substring(i, end);
                part = new LinePattern.Part('"' + text + '"', literal(text));
            }
            i = end;
            if (optional >= 0) {
                inside.append(part.regex());
            } else {
                parts.add(part);
            }
        }
        if (optional >= 0) {
            problem.accept("\"{?\" is never closed by \"?}\"");
            return null;
        }
        return checked(parts, problem);
    }

    /** An RE2 pattern with {@code %{NAME:field}} or named groups in it; null where something is wrong with it. */
    @Nullable
    LinePattern pattern(String written, Consumer<String> problem) {
        String regex = expand(written, new HashSet<>(), 0, problem);
        return regex == null ? null : checked(List.of(new LinePattern.Part("the pattern", regex)), problem);
    }

    private static @Nullable LinePattern checked(List<LinePattern.Part> parts, Consumer<String> problem) {
        if (parts.isEmpty()) {
            problem.accept("is empty");
            return null;
        }
        LinePattern pattern = new LinePattern(parts);
        return compiles(pattern.regex(), problem) ? pattern : null;
    }

    private static boolean compiles(String regex, Consumer<String> problem) {
        try {
            if (Pattern.compile(regex).matches("")) {
                problem.accept("matches an empty line, so it would take every line's place");
                return false;
            }
            return true;
        } catch (PatternSyntaxException e) {
            problem.accept("is no RE2 pattern: " + e.getDescription()
                    + (e.getPattern().isEmpty() ? "" : " at \"" + e.getPattern() + "\"")
                    + (e.getPattern().startsWith("(?") || e.getPattern().startsWith("\\")
                            ? "; RE2 has no look-around and no back-references"
                            : ""));
            return false;
        }
    }

    /** Where the plain text ends that begins here; a doubled brace is one character of it. */
    private static int endOfText(String written, int from) {
        int i = from;
        while (i < written.length()) {
            if (written.startsWith("{{", i) || written.startsWith("}}", i)) {
                i += 2;
            } else if (written.charAt(i) == '{' || written.startsWith("?}", i)) {
                break;
            } else {
                i++;
            }
        }
        return i;
    }

    /** Text as it stands, any number of blanks for blanks. */
    private static String literal(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t') {
                if (!regex.toString().endsWith("[ \\t]+")) {
                    regex.append("[ \\t]+");
                }
            } else {
                boolean doubled = (c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c;
                i += doubled ? 1 : 0;
                regex.append("\\.+*?()|[]{}^$".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return regex.toString();
    }

    /** Writes out every {@code %{NAME}} and {@code %{NAME:field}} of a pattern. */
    private @Nullable String expand(String regex, Set<String> fields, int depth, Consumer<String> problem) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        int open = regex.indexOf("%{");
        while (open >= 0) {
            int close = regex.indexOf('}', open);
            String inner = close < 0 ? null : reference(regex.substring(open + 2, close), fields, depth, problem);
            if (inner == null) {
                if (close < 0) {
                    problem.accept("\"%{\" is never closed");
                }
                return null;
            }
            expanded.append(regex, at, open).append(inner);
            at = close + 1;
            open = regex.indexOf("%{", at);
        }
        return expanded.append(regex.substring(at)).toString();
    }

    /** {@code NAME} or {@code NAME:field}. A pattern may say with {@code (@…)} which part of it is the value. */
    private @Nullable String reference(String written, Set<String> fields, int depth, Consumer<String> problem) {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : written.substring(0, colon);
        String field = colon < 0 ? "" : written.substring(colon + 1);
        String regex = patterns.get(name);
        if (regex == null) {
            problem.accept("unknown pattern \"" + name + "\"" + NearestWord.hint(name, patterns.keySet())
                    + (name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "; {{ is a brace itself" : ""));
            return null;
        }
        if (colon >= 0 && !isField(field)) {
            problem.accept("\"" + field + "\" is no name of a field: letters, digits and _, a letter first");
            return null;
        }
        if (colon >= 0 && !fields.add(field)) {
            problem.accept("the field \"" + field + "\" stands twice in one pattern");
            return null;
        }
        if (depth == DEEPEST) {
            problem.accept("the pattern \"" + name + "\" is made of itself");
            return null;
        }
        String inner = expand(regex, fields, depth + 1, problem);
        if (inner == null) {
            return null;
        }
        String group = colon < 0 ? "(?:" : "(?P<" + field + ">";
        return inner.contains("(@") ? "(?:" + inner.replace("(@", group) + ")" : group + inner + ")";
    }

    /** The fields of a line that may be wrong elsewhere. */
    static List<String> fieldsMeantIn(String written) {
        List<String> fields = new ArrayList<>();
        for (String piece : written.split("[{}<>]", -1)) {
            String field = piece.substring(piece.indexOf(':') + 1);
            if (isField(field)) {
                fields.add(field);
            }
        }
        return fields;
    }

    static boolean isField(String name) {
        return !name.isEmpty()
                && Character.isLetter(name.charAt(0))
                && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    private static Map<String, String> shipped() {
        try (InputStream file = PatternLibrary.class.getResourceAsStream("/parsers/patterns.txt")) {
            if (file == null) {
                throw new IllegalStateException("parsers/patterns.txt is not on the class path");
            }
            Map<String, String> patterns = new TreeMap<>();
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                int blank = line.indexOf(' ');
                if (blank > 0 && line.charAt(0) != '#') {
                    patterns.put(line.substring(0, blank), line.substring(blank).strip());
                }
            }
            return patterns;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
