package io.faultline.respond.notify.route;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Conditions that all have to hold; none at all holds for every incident. */
public record Matchers(List<Matcher> all) implements Serializable {

    /** Holds for every incident. */
    public static final Matchers ANY = new Matchers(List.of());

    public Matchers {
        all = List.copyOf(all);
    }

    /** Reads a list of conditions; what is wrong is put to the reader's problems. */
    public static Matchers read(SettingsReader reader, String key) {
        List<Matcher> matchers = new ArrayList<>();
        for (String text : reader.texts(key, List.of())) {
            try {
                Matcher matcher = Matcher.parse(text);
                String hint = Labels.hint(matcher.label());
                if (!hint.isEmpty()) {
                    reader.problem(key, "no incident has a label \"" + matcher.label() + "\"" + hint);
                }
                matchers.add(matcher);
            } catch (IllegalArgumentException e) {
                reader.problem(key, String.valueOf(e.getMessage()));
            }
        }
        return new Matchers(matchers);
    }

    /**
     * Reads conditions as a person types them.
     *
     * @throws IllegalArgumentException at the first that is wrong
     */
    public static Matchers parse(List<String> texts) {
        return new Matchers(texts.stream().map(Matcher::parse).toList());
    }

    public boolean test(Labels labels) {
        for (Matcher matcher : all) {
            if (!matcher.test(labels)) {
                return false;
            }
        }
        return true;
    }

    public List<String> texts() {
        return all.stream().map(Matcher::toString).toList();
    }
}
