package io.faultline.detect.match.track;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a moment of a group.
 *
 * @param found what is told
 * @param missed what nearly was
 * @param overs what of the group is over
 */
public record Findings(List<Finding> found, List<Miss> missed, List<Over> overs) {

    public Findings() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * That what was told is over.
     *
     * @param behind how many of the findings came before it
     * @param by the event that tells it
     * @param reason what it tells, in words
     */
    public record Over(int behind, Candidate by, String reason) {}

    public void tell(Finding finding) {
        found.add(finding);
    }

    public void nearly(Miss miss) {
        missed.add(miss);
    }

    /** What was told up to now is over; where nothing was told, that says nothing. */
    public void over(Candidate by, String reason) {
        overs.add(new Over(found.size(), by, reason));
    }

    public void add(Findings others) {
        others.overs.forEach(over -> overs.add(new Over(found.size() + over.behind(), over.by(), over.reason())));
        found.addAll(others.found);
        missed.addAll(others.missed);
    }
}
