package io.faultline.collect.redact;

import java.util.Locale;
import java.util.Set;

/** Things that begin before their literal or have a grammar of their own. */
enum PlaceFinder implements Finder {
    /** {@code scheme://user:password@host}: the password, or a name that is a token. */
    URL_PASSWORD {
        private static final int LONGEST = 512;

        @Override
        public int find(int start, int literalEnd, Findings found) {
            String text = found.text();
            int at = -1;
            int end = literalEnd;
            while (end < text.length() && end - literalEnd < LONGEST && isUserInfo(text.charAt(end))) {
                at = text.charAt(end) == '@' ? end : at;
                end++;
            }
            if (at < 0) {
                return literalEnd;
            }
            int colon = text.indexOf(':', literalEnd);
            int from = colon < 0 || colon >= at ? literalEnd : colon + 1;
            String secret = text.substring(from, at);
            boolean named = secret.startsWith("$")
                    || secret.startsWith("{")
                    || secret.startsWith("*")
                    || Redactor.isRedacted(secret);
            if (!named && (from > literalEnd || Check.isRandom(secret))) {
                found.add(from, at);
            }
            return end;
        }

        private boolean isUserInfo(char c) {
            return c > ' ' && c != '/' && c != '?' && c != '#' && c != '<' && c != '>' && !Texts.isQuote(c);
        }
    },
    /** {@code name@domain.tld}; no version, no unit of systemd, no user of a machine. */
    EMAIL {
        private static final int LONGEST = 128;

        @Override
        public int find(int at, int literalEnd, Findings found) {
            String text = found.text();
            int start = at;
            while (at - start < LONGEST && isLocal(Texts.at(text, start - 1))) {
                start--;
            }
            while (start < at && !Texts.isWordChar(text.charAt(start))) {
                start++;
            }
            start = escaped(text, start);
            int end = literalEnd;
            int dot = -1;
            while (Texts.isWordChar(Texts.at(text, end)) || Texts.at(text, end) == '-' || Texts.at(text, end) == '.') {
                dot = text.charAt(end) == '.' && Texts.isWordChar(Texts.at(text, end + 1)) ? end : dot;
                end++;
            }
            while (end > literalEnd && !Texts.isWordChar(text.charAt(end - 1))) {
                end--;
            }
            boolean whole = dot > literalEnd && isTopLevel(text, dot + 1, end);
            boolean cut = found.cut() && end == text.length() && end > literalEnd;
            boolean person = !NOBODY.contains(text.substring(start, at).toLowerCase(Locale.ROOT));
            if (start < at && person && Texts.at(text, start - 1) != '@' && (whole || cut)) {
                found.add(start, end);
            }
            return literalEnd;
        }

        private boolean isLocal(char c) {
            return Texts.isTokenChar(c) || c == '.' || c == '+' || c == '%' || c > 0x7f;
        }

        /** The {@code n} of an escaped line end, and what a URL has escaped before the name, do not belong to it. */
        private int escaped(String text, int start) {
            if (Texts.at(text, start - 1) == '\\' && "nrt".indexOf(Texts.at(text, start)) >= 0) {
                return start + 1;
            }
            boolean percent = Texts.at(text, start - 1) == '%' && Texts.isHex(Texts.at(text, start + 1));
            return percent ? start + 2 : start;
        }

        private boolean isTopLevel(String text, int from, int to) {
            for (int i = from; i < to; i++) {
                if (!Texts.isLetter(text.charAt(i))) {
                    return false;
                }
            }
            return to - from >= 2
                    && !NO_DOMAINS.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
        }
    },
    /** {@code +86 138…}, {@code +1 (415) …}, {@code (415) 555-…}: a country's code or an area in brackets, and the rest. */
    PHONE {
        private static final int LONGEST = 24;

        @Override
        public int find(int start, int literalEnd, Findings found) {
            String text = found.text();
            StringBuilder digits = new StringBuilder(15);
            int end = start + 1;
            for (int i = start; i < text.length() && i - start < LONGEST; i++) {
                char c = text.charAt(i);
                if (Texts.isDigit(c)) {
                    digits.append(c);
                    end = i + 1;
                } else if (i > start && (" -.()".indexOf(c) < 0 || i - end > 1)) {
                    break;
                }
            }
            char before = Texts.at(text, start - 1);
            char after = Texts.at(text, end);
            boolean alone = (!Texts.isWordChar(before) || Texts.beginsWord(text, start))
                    && before != '+'
                    && before != ')'
                    && !Texts.isWordChar(after)
                    && !((after == '.' || after == ':') && Texts.isDigit(Texts.at(text, end + 1)));
            boolean plausible = text.charAt(start) == '(' ? isNorthAmerican(digits) : isInternational(digits);
            DigitRun run = new DigitRun(start, end, digits.toString());
            boolean named = plausible && alone && NumberContext.isPersonal(text, run);
            if (named || (plausible && alone && !NumberContext.isCounted(text, run))) {
                found.add(start, end);
            }
            return Math.max(end, literalEnd);
        }

        private boolean isNorthAmerican(CharSequence digits) {
            return digits.length() == 10 && digits.charAt(0) >= '2' && digits.charAt(3) >= '2';
        }

        /** ITU-T E.164: at most 15 digits; no country's code begins with 0. */
        private boolean isInternational(CharSequence digits) {
            if (digits.length() < 10 || digits.length() > 15 || digits.charAt(0) == '0') {
                return false;
            }
            return digits.charAt(0) != '1' || (digits.length() == 11 && digits.charAt(1) >= '2');
        }
    },
    /** From {@code -----BEGIN … PRIVATE KEY} to its end, or as far as there is nothing but Base64. */
    PRIVATE_KEY {
        private static final int LONGEST_NAME = 60;

        @Override
        public int find(int start, int literalEnd, Findings found) {
            String text = found.text();
            int name = text.indexOf("-----", literalEnd);
            String head = text.substring(literalEnd, name < 0 ? text.length() : name);
            if (head.length() > LONGEST_NAME || !(head.contains("PRIVATE KEY") || (name < 0 && found.cut()))) {
                return literalEnd;
            }
            int body = name < 0 ? text.length() : name + 5;
            int dashes = text.indexOf("-----", body);
            int end = dashes >= 0 && text.startsWith("-----END", dashes) ? text.indexOf("-----", dashes + 8) + 5 : -1;
            end = end > dashes + 5 ? end : bodyEnd(text, body);
            found.add(start, end);
            return end;
        }

        /** Behind the last line of Base64: what is cut, or never ended, hides nothing else. */
        private int bodyEnd(String text, int from) {
            int end = from;
            int i = from;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c <= ' ' || c == '\\' || c == '\r') {
                    i += c == '\\' ? 2 : 1;
                    continue;
                }
                int word = i;
                while (Texts.isBase64(Texts.at(text, i)) || Texts.at(text, i) == '=') {
                    i++;
                }
                boolean isLine = i - word >= 20 || i >= text.length() || Texts.at(text, i - 1) == '=';
                if (i == word || !isLine) {
                    break;
                }
                end = i;
            }
            return Math.min(text.length(), end);
        }
    },
    /** What stands between the brackets that the literal opens, as the environment that a server prints. */
    BRACKETS {
        @Override
        public int find(int start, int literalEnd, Findings found) {
            int open = found.text().indexOf('[', start);
            int round = found.text().indexOf('(', start);
            int from = open < 0 || (round >= 0 && round < open) ? round : open;
            if (from < 0 || from > literalEnd) {
                return literalEnd;
            }
            int end = AssignedValue.closingBracket(found.text(), from);
            if (Redactor.isRedacted(found.text().substring(from + 1, end))) {
                return end;
            }
            boolean closed = end - 1 > from && "])".indexOf(found.text().charAt(end - 1)) >= 0;
            found.add(from + 1, closed ? end - 1 : end);
            return end;
        }
    },
    /** The dotted form; no version of five parts. */
    IPV4 {
        @Override
        public int find(int start, int literalEnd, Findings found) {
            String text = found.text();
            int from = start;
            while (isPart(Texts.at(text, from - 1))) {
                from--;
            }
            int to = literalEnd;
            while (isPart(Texts.at(text, to))) {
                to++;
            }
            while (to > from && text.charAt(to - 1) == '.') {
                to--;
            }
            if (!Texts.isWordChar(Texts.at(text, from - 1))
                    && !Texts.isLetter(Texts.at(text, to))
                    && isAddress(text.substring(from, to))) {
                found.add(from, to);
            }
            return Math.max(to, literalEnd);
        }

        private boolean isPart(char c) {
            return Texts.isDigit(c) || c == '.';
        }

        private boolean isAddress(String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != 4) {
                return false;
            }
            for (String part : parts) {
                if (part.isEmpty() || part.length() > 3 || Integer.parseInt(part) > 255) {
                    return false;
                }
            }
            return true;
        }
    },
    /** Eight groups of hexadecimal digits, or fewer around {@code ::}; no time, no PCI address, no name of C++. */
    IPV6 {
        @Override
        public int find(int start, int literalEnd, Findings found) {
            String text = found.text();
            int from = start;
            while (isPart(Texts.at(text, from - 1))) {
                from--;
            }
            int to = literalEnd;
            while (isPart(Texts.at(text, to))) {
                to++;
            }
            boolean alone = !Texts.isTokenChar(Texts.at(text, from - 1)) && !Texts.isTokenChar(Texts.at(text, to));
            if (alone && isAddress(text.substring(from, to))) {
                found.add(from, to);
            }
            return Math.max(to, literalEnd);
        }

        private boolean isPart(char c) {
            return Texts.isHex(c) || c == ':';
        }

        private boolean isAddress(String text) {
            int colons = 0;
            int digits = 0;
            int group = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                colons += c == ':' ? 1 : 0;
                digits += Texts.isDigit(c) ? 1 : 0;
                group = c == ':' ? 0 : group + 1;
                if (group > 4) {
                    return false;
                }
            }
            boolean shortened = text.contains("::") && text.indexOf("::") == text.lastIndexOf("::");
            return digits > 0 && text.length() >= 3 && (shortened ? colons <= 7 : colons == 7 && !text.endsWith(":"));
        }
    };

    /** Names before an {@code @} that are nobody's: the user of every Git server, of every machine. */
    private static final Set<String> NOBODY = Set.of("git", "root", "noreply", "no-reply");

    /** What ends a name behind an {@code @} that is no domain: units of systemd, files, machines of a cluster. */
    private static final Set<String> NO_DOMAINS = Set.of(
            "service",
            "socket",
            "target",
            "slice",
            "scope",
            "mount",
            "timer",
            "device",
            "path",
            "swap",
            "automount",
            "internal",
            "svc",
            "pyc",
            "json",
            "yaml",
            "yml",
            "log",
            "txt",
            "gz",
            "whl",
            "safetensors",
            "bin",
            "ckpt",
            "gguf",
            "conf",
            "rc",
            "beta",
            "alpha");
}
