package io.faultline.collect.parse.format;

import java.util.Map;

/** Signals by name, as Linux numbers them on x86 and ARM. */
public final class Signals {

    private static final Map<String, Integer> BY_NAME = Map.ofEntries(
            Map.entry("SIGHUP", 1),
            Map.entry("SIGINT", 2),
            Map.entry("SIGQUIT", 3),
            Map.entry("SIGABRT", 6),
            Map.entry("Aborted", 6),
            Map.entry("SIGBUS", 7),
            Map.entry("Bus error", 7),
            Map.entry("SIGFPE", 8),
            Map.entry("SIGKILL", 9),
            Map.entry("Killed", 9),
            Map.entry("SIGSEGV", 11),
            Map.entry("Segmentation fault", 11),
            Map.entry("SIGTERM", 15),
            Map.entry("Terminated", 15));

    private Signals() {}

    /** The number of the signal that a text begins with, by its name or as the shell says it; 0 where there is none. */
    public static int numberOf(String text) {
        for (Map.Entry<String, Integer> signal : BY_NAME.entrySet()) {
            if (text.startsWith(signal.getKey())) {
                return signal.getValue();
            }
        }
        return 0;
    }
}
