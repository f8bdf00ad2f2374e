package io.faultline.collect.redact;

/** Looks closer where a literal of its rule stands. */
interface Finder {

    /**
     * Looks at one place and adds what it finds.
     *
     * @param start where the literal begins
     * @param end the index behind it
     * @return how far it looked: the rule's literals before that are part of what was seen. What keeps the whole linear
     */
    int find(int start, int end, Findings found);
}
