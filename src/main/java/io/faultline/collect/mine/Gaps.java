package io.faultline.collect.mine;

import org.jspecify.annotations.Nullable;

/**
 * Makes one of templates that have the same words and another number of values: lists of any length, values with or
 * without a unit, brackets that may be empty.
 */
final class Gaps {

    /** Marks that may belong to a list of values. */
    private static final String LOOSE = " ,()[]-:./";

    private Gaps() {}

    /** The words, and the marks that belong to no list: equal for what {@link #merge} can make one of. */
    static String skeleton(Parts parts) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (isFirm(parts, i)) {
                out.append(parts.text(i)).append('\n');
            }
        }
        return out.toString();
    }

    private static boolean isFirm(Parts parts, int at) {
        if (parts.isMark(at)) {
            return !parts.isMark(at, LOOSE);
        }
        return parts.isWord(at) && !Words.isUnit(parts.text(at));
    }

    /** The template of both, which have the same skeleton; null where what is between their words is not alike. */
    static @Nullable Parts merge(Parts a, Parts b) {
        PartsBuilder out = new PartsBuilder();
        int aFrom = 0;
        int bFrom = 0;
        while (true) {
            Gap gap = new Gap(a, aFrom, gapEnd(a, aFrom), b, bFrom, gapEnd(b, bFrom));
            if (!gap.merge(out)) {
                return null;
            }
            if (gap.aTo == a.size()) {
                return out.build();
            }
            out.add(a, gap.aTo);
            aFrom = gap.aTo + 1;
            bFrom = gap.bTo + 1;
        }
    }

    private static int gapEnd(Parts parts, int from) {
        int end = from;
        while (end < parts.size() && !isFirm(parts, end)) {
            end++;
        }
        return end;
    }

    /** What two templates have between the same words. */
    private static final class Gap {

        final Parts a;
        final int aFrom;
        final int aTo;
        final Parts b;
        final int bFrom;
        final int bTo;
        /** How many parts are the same at the beginning, and at the end. */
        private int before;

        private int behind;

        Gap(Parts a, int aFrom, int aTo, Parts b, int bFrom, int bTo) {
            this.a = a;
            this.aFrom = aFrom;
            this.aTo = aTo;
            this.b = b;
            this.bFrom = bFrom;
            this.bTo = bTo;
        }

        boolean merge(PartsBuilder out) {
            countBefore();
            if (aFrom + before == aTo && bFrom + before == bTo) {
                put(out, aFrom, aTo);
                return true;
            }
            countBehind(true);
            if (!isFilledBracket()) {
                if (values(a, aMiddle(), aRest()) == 0 || values(b, bMiddle(), bRest()) == 0) {
                    takeValueBefore();
                }
                int aValues = values(a, aMiddle(), aRest());
                int bValues = values(b, bMiddle(), bRest());
                if (aValues == 0
                        || bValues == 0
                        || (aValues == bValues && units(a, aMiddle(), aRest()).equals(units(b, bMiddle(), bRest())))) {
                    return false;
                }
            }
            put(out, aFrom, aMiddle());
            out.wildCard(type());
            put(out, aRest(), aTo);
            return true;
        }

        /** What differs is the tail of a list, or the unit of the value before it: that value belongs to it. */
        private void takeValueBefore() {
            while (before > 0 && !a.isValue(aFrom + before - 1)) {
                before--;
            }
            before = Math.max(0, before - 1);
            countBehind(false);
        }

        private void countBefore() {
            while (aFrom + before < aTo && bFrom + before < bTo && a.same(aFrom + before, b, bFrom + before)) {
                before++;
            }
        }

        private void countBehind(boolean values) {
            behind = 0;
            while (aRest() > aMiddle()
                    && bRest() > bMiddle()
                    && a.same(aRest() - 1, b, bRest() - 1)
                    && (values || a.isMark(aRest() - 1))) {
                behind++;
            }
        }

        /** Whether one is nothing between brackets and the other a value between the same brackets. */
        private boolean isFilledBracket() {
            int aSize = aRest() - aMiddle();
            int bSize = bRest() - bMiddle();
            return aSize + bSize == 1
                    && values(a, aMiddle(), aRest()) + values(b, bMiddle(), bRest()) == 1
                    && before > 0
                    && behind > 0
                    && a.isMark(aMiddle() - 1, "([{")
                    && a.isMark(aRest(), ")]}");
        }

        private ValueType type() {
            if (aRest() == aMiddle()) {
                return b.type(bMiddle());
            }
            return bRest() == bMiddle() ? a.type(aMiddle()) : ValueType.TEXT;
        }

        private int aMiddle() {
            return aFrom + before;
        }

        private int aRest() {
            return aTo - behind;
        }

        private int bMiddle() {
            return bFrom + before;
        }

        private int bRest() {
            return bTo - behind;
        }

        private void put(PartsBuilder out, int from, int to) {
            for (int i = from; i < to; i++) {
                out.add(a, i);
            }
        }

        private static int values(Parts parts, int from, int to) {
            int count = 0;
            for (int i = from; i < to; i++) {
                count += parts.isValue(i) ? 1 : 0;
            }
            return count;
        }

        private static String units(Parts parts, int from, int to) {
            StringBuilder units = new StringBuilder();
            for (int i = from; i < to; i++) {
                if (parts.isWord(i)) {
                    units.append(parts.text(i)).append(' ');
                }
            }
            return units.toString();
        }
    }
}
