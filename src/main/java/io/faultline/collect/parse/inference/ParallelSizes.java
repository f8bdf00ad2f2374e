package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;

/** How many processes, each with a GPU of its own, an engine's arguments ask for. */
final class ParallelSizes {

    private ParallelSizes() {}

    /** Keeps the product of the sizes behind these words; words that are missing or empty ask for one. */
    static void read(String message, String tensor, String pipeline, String data, Draft draft) {
        long tensors = size(message, tensor);
        if (tensors > 0) {
            draft.measure(
                    "world_size", tensors * Math.max(1, size(message, pipeline)) * Math.max(1, size(message, data)));
        }
    }

    private static long size(String message, String words) {
        return words.isEmpty() ? -1 : Cursor.numberBehind(message, words);
    }
}
