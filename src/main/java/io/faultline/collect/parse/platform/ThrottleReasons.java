package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/**
 * Why a GPU runs below its clocks, as NVML's bits ({@code nvmlClocksEventReasons}). Idle, a set clock and the power cap are
 * how GPUs are run; heat and the hardware's brakes are faults.
 */
final class ThrottleReasons {

    private static final String[] WORDS = {
        "idle",
        "application-clocks",
        "software-power-cap",
        "hardware-slowdown",
        "sync-boost",
        "software-thermal",
        "hardware-thermal",
        "power-brake",
        "display-clocks"
    };
    private static final long HARDWARE = 0x8 | 0x40 | 0x80;
    private static final long FAULTS = HARDWARE | 0x20;

    private ThrottleReasons() {}

    static void read(long bits, Draft draft) {
        draft.measure("throttle_reasons", bits);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < WORDS.length; i++) {
            if ((bits & 1L << i) != 0) {
                words.append(words.isEmpty() ? "" : ",").append(WORDS[i]);
            }
        }
        draft.attribute("throttle", words.toString());
        if ((bits & FAULTS) != 0) {
            draft.kind(EventKind.GPU_THERMAL).atLeast(Severity.WARN);
        }
    }
}
