package io.faultline.collect.redact;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which finder a rule asks for. */
final class Finders {

    private Finders() {}

    static Finder of(RuleDefinition rule) {
        if (!rule.keys().isEmpty()) {
            return new KeyFinder(rule);
        }
        Finder builtIn = rule.pattern().isEmpty() ? builtIn(rule.finder()) : null;
        return builtIn == null ? patternOrQuoted(rule) : builtIn;
    }

    private static Finder patternOrQuoted(RuleDefinition rule) {
        return rule.finder().equals("value-behind") ? new ValueBehindFinder(rule) : new PatternFinder(rule);
    }

    /** {@code url-password} is {@link PlaceFinder#URL_PASSWORD}; null where there is none of that name. */
    static @Nullable Finder builtIn(String name) {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        for (PlaceFinder finder : PlaceFinder.values()) {
            if (finder.name().equals(constant)) {
                return finder;
            }
        }
        for (NumberFinder finder : NumberFinder.values()) {
            if (finder.name().equals(constant)) {
                return finder;
            }
        }
        return null;
    }
}
