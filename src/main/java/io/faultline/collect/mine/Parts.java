package io.faultline.collect.mine;

import java.util.Arrays;

/**
 * A template's words, marks and wild-cards.
 *
 * @param texts what is written; empty where there is a wild-card
 * @param kinds {@link Pieces#WORD}, {@link Pieces#MARK} or {@link Pieces#VALUE}
 * @param types the code of the {@link ValueType} of each wild-card; 0 elsewhere
 */
record Parts(String[] texts, byte[] kinds, byte[] types) {

    static Parts of(Pieces pieces) {
        String[] texts = new String[pieces.count];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = pieces.kind[i] == Pieces.VALUE ? "" : pieces.text(i);
        }
        return new Parts(texts, Arrays.copyOf(pieces.kind, pieces.count), Arrays.copyOf(pieces.type, pieces.count));
    }

    int size() {
        return texts.length;
    }

    String text(int at) {
        return texts[at];
    }

    boolean isValue(int at) {
        return kinds[at] == Pieces.VALUE;
    }

    boolean isWord(int at) {
        return kinds[at] == Pieces.WORD;
    }

    boolean isMark(int at) {
        return kinds[at] == Pieces.MARK;
    }

    /** Whether this is one of these marks. */
    boolean isMark(int at, String marks) {
        return at >= 0 && at < size() && isMark(at) && marks.indexOf(texts[at].charAt(0)) >= 0;
    }

    /** Of a wild-card, or of a word that becomes one. */
    ValueType type(int at) {
        return isValue(at) ? ValueType.of(types[at]) : ValueType.WORD;
    }

    boolean same(int at, Parts other, int otherAt) {
        return kinds[at] == other.kinds[otherAt] && texts[at].equals(other.texts[otherAt]);
    }

    /** Whether they are one template, whatever the types of their wild-cards. */
    boolean same(Parts other) {
        return Arrays.equals(kinds, other.kinds) && Arrays.equals(texts, other.texts);
    }

    /** The first word of letters alone, which is never a wild-card; empty where there is none. */
    String anchor() {
        for (int i = 0; i < size(); i++) {
            if (isWord(i) && Words.isAnchor(texts[i])) {
                return texts[i];
            }
        }
        return "";
    }

    String text() {
        return write(false);
    }

    String typed() {
        return write(true);
    }

    private String write(boolean typed) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            if (!isValue(i)) {
                out.append(texts[i]);
            } else if (typed) {
                out.append('<').append(type(i).id()).append('>');
            } else {
                out.append(Template.WILD_CARD);
            }
        }
        return out.toString();
    }
}
