package io.faultline.cli;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alerts of two versions, side by side. Two are the same finding where rule and group are the same and they begin no
 * further apart than the rule is quiet after an alert.
 */
record AlertDifference(List<Found> all) {

    /** Who found it. */
    enum By {
        FIRST,
        SECOND,
        BOTH
    }

    /** One finding; the first version's alert where both found it. */
    record Found(Alert alert, By by) {}

    AlertDifference {
        all = List.copyOf(all);
    }

    static AlertDifference of(List<Alert> first, List<Alert> second, RuleSet rules) {
        Map<String, Duration> quiet = new HashMap<>();
        rules.rules().forEach(rule -> quiet.put(rule.id(), rule.suppress()));
        List<Alert> left = new ArrayList<>(second);
        List<Found> all = new ArrayList<>();
        for (Alert alert : first) {
            Duration near = quiet.getOrDefault(alert.rule(), Duration.ZERO);
            Optional<Alert> same = left.stream()
                    .filter(other -> isSame(alert, other, near))
                    .min(Comparator.comparing(other -> distance(alert, other)));
            same.ifPresent(left::remove);
            all.add(new Found(alert, same.isPresent() ? By.BOTH : By.FIRST));
        }
        left.forEach(alert -> all.add(new Found(alert, By.SECOND)));
        all.sort(Comparator.comparing(found -> found.alert().detectedAt()));
        return new AlertDifference(all);
    }

    long count(By by) {
        return all.stream().filter(found -> found.by() == by).count();
    }

    private static boolean isSame(Alert one, Alert other, Duration near) {
        return one.rule().equals(other.rule())
                && one.entity().equals(other.entity())
                && distance(one, other).compareTo(near) <= 0;
    }

    private static Duration distance(Alert one, Alert other) {
        return Duration.between(one.startsAt(), other.startsAt()).abs();
    }
}
