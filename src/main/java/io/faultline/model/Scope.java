package io.faultline.model;

/**
 * The part of the cluster that explains best which things are affected: a rack, a switch, a driver version.
 *
 * @param level the name of the level: {@code rack}, {@code leaf}, {@code job}; empty where none explains it
 * @param value which one of it
 * @param affected how many of its members are affected
 * @param members how many members it has
 * @param outside how many things are affected that do not belong to it
 * @param pValue the probability of at least so many affected members if the level had nothing to do with it, times the
 *     number of levels and values that were tried
 */
public record Scope(String level, String value, int affected, int members, int outside, double pValue) {

    /** No level explains it. */
    public static final Scope NONE = new Scope("", "", 0, 0, 0, 1);

    public boolean isKnown() {
        return !level.isEmpty();
    }
}
