package io.faultline.respond.notify.route;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.util.List;

/**
 * Keeps incidents quiet while another one is open, with Alertmanager's words and meaning.
 *
 * @param source which incidents keep others quiet
 * @param target which ones are kept quiet
 * @param equal the labels in which both have a value in common; one that both lack is in common too
 */
public record InhibitRule(Matchers source, Matchers target, List<String> equal) implements Serializable {

    public InhibitRule {
        equal = List.copyOf(equal);
    }

    static InhibitRule read(SettingsReader reader) {
        InhibitRule rule = new InhibitRule(
                Matchers.read(reader, "source-matchers"),
                Matchers.read(reader, "target-matchers"),
                reader.texts("equal", List.of()));
        if (rule.source.all().isEmpty()) {
            reader.problem("source-matchers", "needs at least one condition: every incident would keep others quiet");
        }
        if (rule.target.all().isEmpty()) {
            reader.problem("target-matchers", "needs at least one condition: every incident would be kept quiet");
        }
        return rule;
    }

    /** Whether one incident keeps another quiet. What fits both sides does not keep itself or its like quiet. */
    boolean inhibits(Labels one, Labels other) {
        return source.test(one)
                && target.test(other)
                && !(source.test(other) && target.test(one))
                && equal.stream().allMatch(label -> shares(one, other, label));
    }

    private static boolean shares(Labels one, Labels other, String label) {
        var some = one.get(label);
        var others = other.get(label);
        return some.isEmpty() ? others.isEmpty() : some.stream().anyMatch(others::contains);
    }
}
