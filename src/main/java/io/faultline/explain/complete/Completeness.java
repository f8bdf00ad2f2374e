package io.faultline.explain.complete;

import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The share of a cluster's sources that were neither silent nor late when an incident was last seen. */
public final class Completeness {

    private static final int MAX_NAMES = 3;

    private Completeness() {}

    /** The incident with its completeness, and with a sentence where that is not all. */
    public static Incident of(Incident incident, Collection<SourceMark> marks) {
        long end = incident.endedAt().toEpochMilli();
        int known = 0;
        List<String> missing = new ArrayList<>();
        for (SourceMark mark : marks) {
            if (!mark.isGoneAt(end)) {
                known++;
                if (mark.isMissingAt(end)) {
                    missing.add(mark.name());
                }
            }
        }
        if (missing.isEmpty()) {
            return incident;
        }
        double share = (double) (known - missing.size()) / known;
        return incident.with(share, sentence(missing.stream().sorted().toList(), known));
    }

    private static String sentence(List<String> missing, int known) {
        int more = missing.size() - Math.min(MAX_NAMES, missing.size());
        return missing.size() + " of " + known + " sources " + (missing.size() == 1 ? "is" : "are")
                + " silent or late, so this may be more than is known: "
                + String.join(", ", missing.subList(0, missing.size() - more))
                + (more == 0 ? "" : " and " + more + " more");
    }
}
