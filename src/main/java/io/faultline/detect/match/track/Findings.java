package io.faultline.detect.match.track;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a moment of a group.
 *
 * @param found what is told
 * @param missed what nearly was
 */
public record Findings(List<Finding> found, List<Miss> missed) {

    public Findings() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    public void tell(Finding finding) {
        found.add(finding);
    }

    public void nearly(Miss miss) {
        missed.add(miss);
    }

    public void add(Findings others) {
        found.addAll(others.found);
        missed.addAll(others.missed);
    }
}
