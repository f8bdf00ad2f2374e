package io.faultline.cli.simulate;

import io.faultline.settings.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The faults the simulator can plant; the text is what a person types and what a label says. */
public enum FaultName {
    INFERENCE_STALL("inference-stall"),
    TRAINING_STALL("training-stall"),
    COLLECTIVE_TIMEOUT("collective-timeout"),
    GPU_XID("gpu-xid"),
    LOSS_NAN("loss-nan"),
    LOSS_EXPLOSION("loss-explosion"),
    CUDA_OOM("cuda-oom");

    private final String text;

    FaultName(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(FaultName::text).toList();
    }

    static Optional<FaultName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
    }

    static String unknown(String text) {
        return "\"" + text + "\" is not a fault" + NearestWord.hint(text, texts()) + " (known: none, "
                + String.join(", ", texts()) + ")";
    }
}
