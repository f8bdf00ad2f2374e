package io.faultline.collect.parse.platform;

import io.faultline.model.Severity;
import java.util.Locale;

/** What an Xid asks for, by NVIDIA's Xid catalogue of October 2025. */
public enum XidClass {
    /** The application did it: restart the application. */
    APPLICATION(Severity.WARN),
    /** The GPU must be reset. */
    RESET(Severity.ERROR),
    /** The node must be rebooted or the GPU replaced. */
    REBOOT(Severity.FATAL),
    /** Memory errors and row remapping: follow the memory workflow. */
    MEMORY(Severity.ERROR),
    /** A link between GPUs. */
    NVLINK(Severity.ERROR),
    /** Follows another Xid, which is the one to look at. */
    SYMPTOM(Severity.INFO),
    /** Information and tests. */
    IGNORE(Severity.INFO),
    /** Not in the catalogue. */
    UNCLASSIFIED(Severity.WARN);

    private final Severity severity;

    XidClass(Severity severity) {
        this.severity = severity;
    }

    static XidClass of(int code) {
        return switch (code) {
            case 79, 54, 151, 167 -> REBOOT;
            case 46, 62, 64, 95, 109, 110, 119, 120, 136, 140, 143, 155, 156, 158 -> RESET;
            case 48, 63, 92, 157, 171, 172 -> MEMORY;
            case 74, 121, 137, 144, 145, 146, 147, 148, 149, 150 -> NVLINK;
            case 43, 45, 154 -> SYMPTOM;
            case 14, 37, 38, 44, 66, 67, 93, 106, 107, 141, 152, 153, 160, 161, 162, 163, 164, 165 -> IGNORE;
            case 8, 11, 13, 25, 31, 32, 39, 40, 41, 60, 68, 69, 80, 85, 86, 88, 89, 94, 126 -> APPLICATION;
            default -> {
                boolean range = (code >= 70 && code <= 77)
                        || (code >= 82 && code <= 84)
                        || (code >= 96 && code <= 105)
                        || (code >= 127 && code <= 135);
                yield range ? APPLICATION : UNCLASSIFIED;
            }
        };
    }

    /** How bad one report is; NVLink 5 says it in its text, a remapped row (63) and a high rate (92) are only noted. */
    Severity severity(int code, String text) {
        boolean noted = code == 63 || code == 92 || code == 157;
        boolean nonfatal = this == NVLINK && (text.contains("Nonfatal") || text.contains("Non-fatal"));
        return noted || nonfatal ? Severity.WARN : severity;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
