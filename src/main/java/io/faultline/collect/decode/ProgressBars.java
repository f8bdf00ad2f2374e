package io.faultline.collect.decode;

/** Finds the end of tqdm's bars, {@code 3%|▎ | 12/400 [00:10<05:00, 1.3it/s]}, which are drawn over and over before a record. */
final class ProgressBars {

    private ProgressBars() {}

    /** Where the text behind the last bar begins; the position itself where there is no bar. */
    static int end(String text, int from) {
        int at = text.lastIndexOf("it/s]");
        at = Math.max(at, text.lastIndexOf("s/it]"));
        return at < from || text.lastIndexOf('[', at) < from ? from : at + 5;
    }
}
