package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.CommonCause;
import io.faultline.model.Alert;
import io.faultline.model.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The part of the cluster that a story's alerts have in common, with the sentence that says why.
 *
 * @param scope {@link Scope#NONE} where none has more of them than chance gives it
 * @param because empty then
 */
record CommonPart(Scope scope, String because) {

    static final CommonPart NONE = new CommonPart(Scope.NONE, "");

    /** What breaks by itself is asked first: the ranks of a job all suffer from one GPU, and share no more than the job. */
    static CommonPart of(List<Alert> alerts, Alert first, CommonCause commonCause) {
        List<Alert> ofRole =
                alerts.stream().filter(alert -> alert.role() == first.role()).toList();
        Optional<CommonCause.Part> part = commonCause.of(ofRole);
        return part.map(found -> new CommonPart(found.scope(), sentence(found, "affected")))
                .orElse(NONE);
    }

    /** What the nodes of the ranks share that a collective waited for. */
    static CommonPart of(SilentRanks silent, Set<String> nodes, Alert first, CommonCause commonCause) {
        return silent.ranks().cardinality() < 2
                ? NONE
                : commonCause
                        .ofNodes(nodes, first)
                        .map(found -> new CommonPart(found.scope(), sentence(found, "silent")))
                        .orElse(NONE);
    }

    CommonPart or(Supplier<CommonPart> other) {
        return scope.isKnown() ? this : other.get();
    }

    private static String sentence(CommonCause.Part part, String verb) {
        Scope scope = part.scope();
        StringBuilder text = new StringBuilder();
        text.append(scope.affected())
                .append(" of the ")
                .append(scope.members())
                .append(' ')
                .append(part.sort())
                .append(" of ")
                .append(scope.level())
                .append(' ')
                .append(scope.value());
        if (!part.sameAs().isEmpty()) {
            text.append(" (the same as ")
                    .append(String.join(", ", part.sameAs()))
                    .append(')');
        }
        text.append(" are ")
                .append(verb)
                .append(" and ")
                .append(scope.outside() == 0 ? "none" : String.valueOf(scope.outside()))
                .append(" elsewhere, by rule ")
                .append(part.rule());
        return text.append(String.format(Locale.ROOT, " (Fisher's exact test, p = %.1e)", scope.pValue()))
                .toString();
    }
}
