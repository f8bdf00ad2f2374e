package io.faultline.collect.decode;

import static io.faultline.collect.parse.format.Cursor.isDigit;

import org.jspecify.annotations.Nullable;

/** Finds the end of tqdm's bars, {@code 3%|▎ | 12/400 [00:10<05:00, 1.3it/s]}, which are drawn over and over before a record. */
final class ProgressBars {

    private ProgressBars() {}

    /**
     * {@code 12/400}: how far the last bar of a text is; null where it has none. A record that shares its line with a bar
     * is of that step.
     */
    static @Nullable String progress(String text, int from, int end) {
        int open = text.lastIndexOf(" [", end);
        int slash = open < from ? -1 : text.lastIndexOf('/', open);
        int start = slash;
        while (start > from && isDigit(text.charAt(start - 1))) {
            start--;
        }
        int to = slash + 1;
        while (to < open && isDigit(text.charAt(to))) {
            to++;
        }
        return slash > from && start < slash && to == open ? text.substring(start, to) : null;
    }

    /** Where the text behind the last bar begins; the position itself where there is no bar. */
    static int end(String text, int from) {
        if (text.indexOf("% Completed | ", from) >= 0) {
            // vLLM and SGLang count a checkpoint's shards in such a bar; nothing else tells how far a load is.
            return from;
        }
        int at = text.lastIndexOf("it/s]");
        at = Math.max(at, text.lastIndexOf("s/it]"));
        return at < from || text.lastIndexOf('[', at) < from ? from : at + 5;
    }
}
