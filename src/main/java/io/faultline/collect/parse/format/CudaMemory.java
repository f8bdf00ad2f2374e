package io.faultline.collect.parse.format;

import io.faultline.collect.decode.Prompts;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** The wordings of four generations of PyTorch, and of CUDA, HIP and XLA, for a device out of memory. */
public final class CudaMemory {

    /** So long may the names of error classes before the words be. */
    private static final int LONGEST_CLASSES = 80;

    private static final String[] WORDS = {
        "CUDA out of memory",
        "HIP out of memory",
        "NPU out of memory",
        "CUDA error: out of memory",
        "RESOURCE_EXHAUSTED: Out of memory",
        "CUBLAS_STATUS_ALLOC_FAILED",
        "cudaErrorMemoryAllocation"
    };

    private CudaMemory() {}

    public static boolean read(String text, Draft draft) {
        int at = find(text);
        if (at < 0) {
            return false;
        }
        draft.kind(EventKind.MEMORY_EXHAUSTED).atLeast(Severity.ERROR).attribute("memory", "gpu");
        bytes(draft, "requested_bytes", text, text.indexOf("ried to allocate ", at), "ried to allocate ".length());
        // XLA's "Out of memory while trying to allocate 17179869184 bytes."
        bytes(draft, "requested_bytes", text, text.indexOf("rying to allocate ", at), "rying to allocate ".length());
        // "capacty" is what PyTorch 2.1 shipped.
        int capacity = Math.max(text.indexOf(" total capacity of ", at), text.indexOf(" total capacty of ", at));
        if (capacity >= 0) {
            bytes(draft, "capacity_bytes", text, text.indexOf(" of ", capacity + 8), 4);
            bytes(draft, "free_bytes", text, text.indexOf(" of which ", capacity), 10);
        } else {
            before(draft, "capacity_bytes", text, text.indexOf(" total capacity;", at));
            before(draft, "free_bytes", text, text.indexOf(" free;", at));
        }
        return true;
    }

    /** Where a line says so at its start, behind nothing but names of classes; or -1. */
    private static int find(String text) {
        if (text.indexOf("emory") < 0 && text.indexOf("ALLOC") < 0) {
            return -1;
        }
        for (String words : WORDS) {
            int at = text.indexOf(words);
            while (at >= 0) {
                if (isSaidAtLineStart(text, at) && !Prompts.isOpen(text, 0, at)) {
                    return at;
                }
                at = text.indexOf(words, at + 1);
            }
        }
        return -1;
    }

    private static boolean isSaidAtLineStart(String text, int at) {
        int nearest = Math.max(0, at - LONGEST_CLASSES);
        int newline = Cursor.lastIn(text, '\n', nearest, at);
        int start = newline < 0 ? nearest : newline + 1;
        if (at == start) {
            return at == 0 || newline >= 0;
        }
        if ((newline < 0 && nearest > 0) || !text.startsWith(": ", at - 2)) {
            return false;
        }
        for (int i = start; i < at; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '.' && c != ':' && c != ' ') {
                return false;
            }
        }
        return true;
    }

    private static void bytes(Draft draft, String name, String text, int found, int skip) {
        double bytes = found < 0 ? -1 : Numbers.bytes(text, found + skip);
        if (bytes >= 0) {
            draft.measure(name, bytes);
        }
    }

    /** The size in front of a text, as {@code 22.20 GiB total capacity;}. */
    private static void before(Draft draft, String name, String text, int found) {
        if (found < 0) {
            return;
        }
        int unit = text.lastIndexOf(' ', found - 1);
        int number = unit < 0 ? -1 : text.lastIndexOf(' ', unit - 1);
        bytes(draft, name, text, number, 1);
    }
}
