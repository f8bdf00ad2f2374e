package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What NCCL says: who is who when a communicator begins, and its faults. Its WARN is no measure of anything: a run that
 * ends well writes hundreds of them while it closes its connections.
 */
final class NcclMessages {

    /** Said at the end of good runs: connections that close in any order. */
    private static final String[] BENIGN = {
        "[Service thread] Could not receive type from localRank",
        "[Service thread] Accept failed",
        "[Service thread] Connection closed",
        "[Service thread] Error encountered progressing operation=Close",
        "NET/IB : Got async event : client reregistration",
        "NET/IB : Got async event : port active",
        "NET/IB : Got async event : SM change",
        "NET/IB : Got async event : LID change"
    };

    /** What breaks a communicator wherever it is said. */
    private static final String[] BROKEN = {
        "Mismatched collective detected",
        "Duplicate GPU detected",
        "Bootstrap : no socket interface found",
        "Error: failed to extend /dev/shm",
        "Error while attaching to shared memory segment",
        "Error while creating shared memory segment"
    };

    /** Said by the healthy side when its peer went away. */
    private static final String[] PEER_GONE = {
        "Connection closed by remote peer",
        "Call to connect",
        "Call to recv from",
        "Call to send to",
        "Call to ibv_modify_qp failed",
        " failed : ",
        "unresponsive",
        "Connect to "
    };

    private NcclMessages() {}

    static void read(String message, Draft draft) {
        if (message.contains(" nranks ") && message.contains(" rank ")) {
            communicator(message, draft);
        } else if (message.contains("Got completion from peer")) {
            completion(message, draft);
        } else if (message.contains("Got async event : ") || message.contains("Got async error event: ")) {
            asyncEvent(message, draft);
        } else if (message.contains("Cuda failure")) {
            cudaFailure(message, draft);
        } else if (unwinds(message, draft)) {
            draft.severity(Severity.INFO);
        } else if (isBenign(message)) {
            draft.severity(Severity.INFO);
        } else if (draft.severityNumber() >= Severity.WARN.number()) {
            warning(message, draft);
        }
    }

    /**
     * {@code comm 0x55d0 rank 34 nranks 64 cudaDev 2 nvmlDev 2 busId 49000 commId 0x2f - Init COMPLETE}: the rank is that
     * of this communicator, of which a job has many.
     */
    private static void communicator(String message, Draft draft) {
        Cursor cursor = new Cursor(message);
        while (!cursor.atEnd()) {
            String word = cursor.spaces().word();
            switch (word) {
                case "comm" -> draft.attribute("comm", value(cursor));
                case "rank" -> draft.attribute("comm_rank", value(cursor));
                case "nranks" -> draft.attribute("comm_size", value(cursor));
                case "cudaDev" -> draft.attribute("local_device", value(cursor));
                case "nvmlDev" -> draft.attribute("nvml_device", value(cursor));
                case "commId" -> draft.attribute("comm_id", value(cursor));
                case "busId" -> draft.entity(Entity.Level.GPU, pciAddress(value(cursor)));
                case "-" -> {
                    draft.attribute("comm_state", cursor.spaces().rest().strip());
                    return;
                }
                default -> {
                    if (word.isEmpty()) {
                        return;
                    }
                }
            }
        }
    }

    private static String value(Cursor cursor) {
        return cursor.spaces().word();
    }

    /** NCCL prints domain, bus, device and function as one hexadecimal number without leading zeros. */
    static @Nullable String pciAddress(String busId) {
        String hex = busId.startsWith("0x") ? busId.substring(2) : busId;
        if (hex.isEmpty() || hex.length() > 13 || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return null;
        }
        long number = Long.parseLong(hex, 16);
        HexFormat digits = HexFormat.of();
        String domain = number >> 36 == 0 ? digits.toHexDigits((short) (number >> 20)) : Long.toHexString(number >> 20);
        return domain
                + ':'
                + digits.toHexDigits((byte) (number >> 12))
                + ':'
                + digits.toHexDigits((byte) (number >> 4));
    }

    /** 12 is a link or its far end, 5 what was flushed after it, 4 a matter of configuration, 13 a receiver that is late. */
    private static void completion(String message, Draft draft) {
        draft.kind(EventKind.COLLECTIVE_ERROR);
        number(message, "status=", "status", draft);
        number(message, " error ", "status", draft);
        number(message, "vendor err ", "vendor_error", draft);
        number(message, "vendor_err=", "vendor_error", draft);
        int peer = message.indexOf("from peer ");
        if (peer >= 0) {
            draft.attribute("peer", address(new Cursor(message, peer + 10).word()));
        }
        int device = message.indexOf(" hca ");
        draft.attribute("device", device < 0 ? null : new Cursor(message, device + 5).word());
        boolean flushed = draft.measures().build().getOr("status", 0) == 5;
        draft.severity(flushed ? Severity.WARN : Severity.ERROR);
    }

    /** {@code status=12} or, in newer releases, {@code status=IBV_WC_RETRY_EXC_ERR(12)}. */
    private static void number(String message, String key, String name, Draft draft) {
        int found = message.indexOf(key);
        if (found < 0 || draft.measures().build().has(name)) {
            return;
        }
        Cursor cursor = new Cursor(message, found + key.length());
        long number = cursor.number();
        if (number < 0) {
            int open = message.indexOf('(', cursor.position());
            number = open < 0 || open > found + 60 ? -1 : new Cursor(message, open + 1).number();
        }
        if (number >= 0) {
            draft.measure(name, number);
        }
    }

    /** {@code 10.0.0.7} of {@code 10.0.0.7<41234>}. */
    private static String address(String word) {
        int port = word.indexOf('<');
        return port > 0 ? word.substring(0, port) : word;
    }

    private static void asyncEvent(String message, Draft draft) {
        if (isBenign(message) || message.contains("port active") || message.contains("client reregistration")) {
            draft.severity(Severity.INFO);
            return;
        }
        boolean port = message.contains("port error") || message.contains("PORT_ERR");
        boolean fatal = message.contains("catastrophic") || message.contains("fatal");
        if (port || fatal) {
            draft.kind(EventKind.LINK_DOWN).atLeast(Severity.ERROR);
        }
        int colon = message.lastIndexOf("event");
        String event = message.substring(colon + 5).strip();
        draft.attribute("reason", event.startsWith(":") ? event.substring(1).strip() : event);
    }

    private static void cudaFailure(String message, Draft draft) {
        int open = message.indexOf('\'', message.indexOf("Cuda failure"));
        int close = open < 0 ? -1 : message.indexOf('\'', open + 1);
        String what = close < 0 ? "" : message.substring(open + 1, close);
        draft.attribute("error_message", what);
        if (what.contains("shutting down")) {
            draft.severity(Severity.INFO);
        } else if (what.contains("out of memory")) {
            draft.kind(EventKind.MEMORY_EXHAUSTED).severity(Severity.ERROR).attribute("memory", "gpu");
        } else {
            boolean ecc = what.contains("ECC");
            draft.kind(ecc ? EventKind.GPU_ECC : EventKind.COLLECTIVE_ERROR).severity(Severity.ERROR);
        }
    }

    /** {@code transport/net.cc:1302 -> 6}: one call of the stack that an error comes up through. */
    private static boolean unwinds(String message, Draft draft) {
        int arrow = message.indexOf(" -> ");
        if (arrow < 0 || message.indexOf(":") > arrow || message.indexOf(".cc:") < 0) {
            return false;
        }
        long result = new Cursor(message, arrow + 4).number();
        if (result < 0) {
            return false;
        }
        draft.measure("nccl_result", result).attribute("reason", nameOf(result));
        return true;
    }

    private static @Nullable String nameOf(long result) {
        return switch ((int) result) {
            case 1 -> "unhandled CUDA error";
            case 2 -> "system error";
            case 3 -> "internal error";
            case 4 -> "invalid argument";
            case 5 -> "invalid usage";
            case 6 -> "remote error";
            case 7 -> "in progress";
            default -> null;
        };
    }

    private static boolean isBenign(String message) {
        for (String words : BENIGN) {
            if (message.startsWith(words)) {
                return true;
            }
        }
        return message.startsWith("[Proxy Service") && message.contains("Failed to execute operation Close");
    }

    private static void warning(String message, Draft draft) {
        for (String words : BROKEN) {
            if (message.contains(words)) {
                draft.kind(EventKind.COLLECTIVE_ERROR).severity(Severity.ERROR);
                return;
            }
        }
        for (String words : PEER_GONE) {
            if (message.contains(words) && !message.startsWith("SHARP") && !message.startsWith("NET/Plugin")) {
                draft.kind(EventKind.COLLECTIVE_ERROR);
                int peer = message.indexOf('<');
                int from = peer < 0 ? -1 : message.lastIndexOf(' ', peer);
                draft.attribute("peer", from < 0 ? null : message.substring(from + 1, peer));
                return;
            }
        }
        if (message.startsWith("[Proxy Service") && message.contains("Failed to execute operation")) {
            draft.kind(EventKind.COLLECTIVE_ERROR);
        }
    }
}
