package io.faultline.explain.diagnose;

import io.faultline.model.Alert;
import io.faultline.model.Cause;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Scope;
import java.util.List;
import java.util.Objects;

/** An incident in one line: {@code GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died}. */
final class Headline {

    private Headline() {}

    /** @param further what began by itself besides */
    static String of(Cause cause, Alert first, Consequences consequences, List<Alert> further) {
        String what = cause.scope().isKnown() ? what(cause.scope(), first) : what(cause.entity(), first);
        String headline = consequences
                .worst()
                .filter(worst -> !tellsOf(first, worst))
                .map(worst -> what + "; " + worst.what() + " " + worst.verb().word())
                .orElse(what);
        return further.stream()
                .map(other -> what(other.causeEntity().or(other.entity()), other))
                .findFirst()
                .map(other -> headline + "; besides, " + other)
                .orElse(headline);
    }

    /** {@code A link flaps: leaf leaf-2, 7 of 8}. */
    private static String what(Scope scope, Alert first) {
        return first.title() + ": " + scope.level() + " " + scope.value() + ", " + scope.affected() + " of "
                + scope.members();
    }

    private static String what(Entity entity, Alert alert) {
        boolean isXid = alert.evidence().stream().anyMatch(line -> line.kind() == EventKind.GPU_XID);
        if (isXid && entity.gpu() != null) {
            String words = alert.evidence().stream()
                    .map(line -> Xid.codeIn(line.text()))
                    .filter(Objects::nonNull)
                    .map(Xid::words)
                    .findFirst()
                    .orElse("reported an Xid");
            return Place.of(entity) + " " + words;
        }
        return names(alert.title(), entity) ? alert.title() : alert.title() + ": " + Place.of(entity);
    }

    /** Whether the rule's own title already tells of it: its pattern ends with those lines. */
    private static boolean tellsOf(Alert first, Consequences.Consequence worst) {
        return first.evidence().stream()
                .anyMatch(line -> line.timestamp().equals(worst.at()) && first.role() == Alert.Role.SYMPTOM);
    }

    private static boolean names(String title, Entity entity) {
        return entity.equals(Entity.UNKNOWN) || entity.toMap().values().stream().anyMatch(title::contains);
    }
}
