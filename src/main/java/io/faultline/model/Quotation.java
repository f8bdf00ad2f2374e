package io.faultline.model;

/** The telling part of a text of many lines. */
final class Quotation {

    private static final String TRACEBACK = "Traceback (most recent call last):";

    private Quotation() {}

    /**
     * {@code Traceback … torch.OutOfMemoryError: CUDA out of memory. …}: of a traceback what stands before it and the error
     * that it ends with; the calls between would use up all that is quoted. Any other text stays as it is.
     */
    static String of(String text) {
        if (text.indexOf('\n') < 0) {
            return text;
        }
        int traceback = text.lastIndexOf(TRACEBACK);
        int error = traceback < 0 ? -1 : errorAfter(text, traceback);
        if (error < 0) {
            return text;
        }
        int headEnd = text.indexOf('\n');
        String head = text.substring(0, headEnd).strip();
        String said =
                head.endsWith(TRACEBACK) ? head.substring(0, head.length() - TRACEBACK.length()) + "Traceback" : head;
        return said + " … " + text.substring(error).strip();
    }

    /** Where the first line behind a traceback's calls begins, which are indented; -1 where there is none. */
    private static int errorAfter(String text, int traceback) {
        int line = text.indexOf('\n', traceback) + 1;
        while (line > 0 && line < text.length()) {
            if (text.charAt(line) > ' ') {
                return line;
            }
            line = text.indexOf('\n', line) + 1;
        }
        return -1;
    }
}
