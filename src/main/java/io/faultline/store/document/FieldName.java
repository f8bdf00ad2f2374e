package io.faultline.store.document;

/** Names that come from logs, made fit to be the name of a field. */
final class FieldName {

    /** Lucene and people both end here. */
    private static final int MAX_LENGTH = 128;

    private FieldName() {}

    /**
     * The name, with {@code _} for a dot (an object and a number of one name refuse each other), for what does not print, and
     * for a name of nothing.
     */
    static String of(String name) {
        return isFit(name) ? name : fitted(name);
    }

    private static boolean isFit(String name) {
        int length = name.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isFit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFit(char letter) {
        return letter > ' '
                && letter != '.'
                && letter != '*'
                && !Character.isISOControl(letter)
                && !Character.isSurrogate(letter)
                && !Character.isSpaceChar(letter);
    }

    private static String fitted(String name) {
        if (name.isEmpty()) {
            return "_";
        }
        StringBuilder fitted = new StringBuilder(Math.min(name.length(), MAX_LENGTH));
        for (int i = 0; i < name.length() && i < MAX_LENGTH; i++) {
            fitted.append(isFit(name.charAt(i)) ? name.charAt(i) : '_');
        }
        return fitted.toString();
    }
}
