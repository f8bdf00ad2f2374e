package io.faultline.collect.mine;

/** A template that a group keeps. */
final class Known {

    final Parts parts;
    final Template template;
    final String leaf;
    final String skeleton;
    /** The number of the group's line that had it last. */
    long lastLine;
    /** When it was saved last, by the clock of the machine that reads. */
    long savedMillis;

    /** It went into another template, or was let go. */
    boolean gone;

    Known(Parts parts) {
        this.parts = parts;
        this.template = Template.of(parts);
        this.leaf = leaf(parts);
        this.skeleton = Gaps.skeleton(parts);
    }

    /** The tree's path to templates that can be compared part by part. */
    static String leaf(Parts parts) {
        return parts.anchor() + ' ' + parts.size();
    }
}
