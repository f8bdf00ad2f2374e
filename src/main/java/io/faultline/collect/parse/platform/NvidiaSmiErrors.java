package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Starts;
import io.faultline.model.Entity;
import io.faultline.model.Severity;

/** What nvidia-smi and NVML's other users print where they can not ask a GPU. */
final class NvidiaSmiErrors {

    private static final String HANDLE = "Unable to determine the device handle for ";

    private static final Starts WORDS = Starts.of(
            "Unable to determine the device handle",
            "No devices were found",
            "Failed to initialize NVML",
            "NVIDIA-SMI has failed because",
            "NVML library version: ",
            "GPU is lost",
            "WARNING: infoROM is corrupted at gpu ");

    private NvidiaSmiErrors() {}

    static boolean mayBegin(String text) {
        return WORDS.startsAny(text);
    }

    /** Whether a text is one of them; the draft then says which. */
    static boolean read(String text, Draft draft) {
        if (!mayBegin(text)) {
            return false;
        }
        if (text.startsWith(HANDLE)) {
            // "for GPU0000:91:00.0: Unknown Error", "for GPU 0000:91:00.0: GPU is lost. Reboot the system …"
            int gpu = text.indexOf("GPU", HANDLE.length());
            Cursor cursor = new Cursor(text, gpu < 0 ? text.length() : gpu + 3);
            String address = cursor.spaces().word();
            draft.entity(Entity.Level.GPU, XidParser.pciAddress(address));
            NvidiaSmiParser.state("gpu-lost", Severity.ERROR, draft);
        } else if (text.startsWith("GPU is lost")) {
            NvidiaSmiParser.state("gpu-lost", Severity.ERROR, draft);
        } else if (text.startsWith("No devices")) {
            NvidiaSmiParser.state("gpu-missing", Severity.ERROR, draft);
        } else if (text.startsWith("WARNING: infoROM")) {
            draft.entity(Entity.Level.GPU, XidParser.pciAddress(text.substring(37)));
            NvidiaSmiParser.state("gpu-inforom", Severity.WARN, draft);
        } else if (text.contains("version mismatch")) {
            NvidiaSmiParser.state("driver-mismatch", Severity.ERROR, draft);
        } else if (!text.startsWith("NVML library")) {
            NvidiaSmiParser.state("driver", Severity.ERROR, draft);
        }
        return true;
    }
}
