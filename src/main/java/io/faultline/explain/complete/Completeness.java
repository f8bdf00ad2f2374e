package io.faultline.explain.complete;

import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The share of a cluster's sources that were not silent when an incident was last seen. */
public final class Completeness {

    private static final int MAX_NAMES = 3;

    private Completeness() {}

    /** The incident with its completeness, and with a sentence where that is not all. */
    public static Incident of(Incident incident, Collection<SourceMark> marks) {
        long end = incident.endedAt().toEpochMilli();
        int known = 0;
        List<String> silent = new ArrayList<>();
        for (SourceMark mark : marks) {
            if (!mark.isGoneAt(end)) {
                known++;
                if (mark.isSilentAt(end)) {
                    silent.add(mark.name());
                }
            }
        }
        if (silent.isEmpty()) {
            return incident;
        }
        double share = (double) (known - silent.size()) / known;
        return incident.with(share, sentence(silent.stream().sorted().toList(), known));
    }

    private static String sentence(List<String> silent, int known) {
        int more = silent.size() - Math.min(MAX_NAMES, silent.size());
        return silent.size() + " of " + known + " sources " + (silent.size() == 1 ? "is" : "are")
                + " silent, so this may be more than is known: "
                + String.join(", ", silent.subList(0, silent.size() - more))
                + (more == 0 ? "" : " and " + more + " more");
    }
}
