package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree.Leaf;

/** A leaf of a condition that has to hold, or not to hold. */
record Literal(Leaf leaf, boolean wanted) {

    Literal turned() {
        return new Literal(leaf, !wanted);
    }

    @Override
    public String toString() {
        return wanted ? leaf.text() : "!(" + leaf.text() + ")";
    }
}
