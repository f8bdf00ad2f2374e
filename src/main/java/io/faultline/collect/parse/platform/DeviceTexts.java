package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the drivers of network cards, PCIe ports and GPUs report: links, cables, bus errors. */
final class DeviceTexts {

    private static final String MODULE = "Port module event";

    private DeviceTexts() {}

    /** @param device null where the text names none */
    static void read(@Nullable DeviceLine device, String text, Draft draft) {
        if (device != null) {
            boolean gpu = device.driver().equals("nvidia");
            draft.entity(Entity.Level.GPU, gpu ? XidParser.pciAddress(device.address()) : null);
            draft.attribute("device", gpu ? null : device.address());
            draft.attribute("interface", device.network());
        }
        if (text.contains(MODULE)) {
            cable(text, draft);
        } else if (text.contains("etected insufficient power on the PCIe slot")) {
            // At every boot of many healthy servers: the slot tells less than the card asks for.
            draft.severity(Severity.INFO);
            watts(text, draft);
        } else if (text.contains("ACCESS_REG(") && text.contains("failed")) {
            condition("nic-register", Severity.WARN, draft);
        } else if (text.contains("health compromised") || text.contains("Fatal error ") || isDead(text)) {
            condition("nic-health", Severity.ERROR, draft);
        } else if (text.contains("Error cqe on ")) {
            condition("nic-error", Severity.WARN, draft);
        } else if (text.contains("Will cause a leak of a command resource")) {
            condition("nic-timeout", Severity.ERROR, draft);
        } else if (text.contains("TX timeout") || text.contains("transmit queue")) {
            condition("nic-timeout", Severity.WARN, draft);
        } else if (text.contains("AER: ") || text.startsWith("PCIe Bus Error: ")) {
            bus(text, draft);
        } else {
            link(text, draft);
        }
    }

    private static boolean isDead(String text) {
        return text.contains("device is dead")
                || text.contains("Health issue observed")
                || text.contains("firmware is unresponsive");
    }

    /** {@code Port module event[error]: module 0, Cable error, High Temperature}; unplugged is how unused ports are. */
    private static void cable(String text, Draft draft) {
        int at = text.indexOf(MODULE) + MODULE.length();
        boolean error = text.startsWith("[error]", at);
        boolean warning = text.startsWith("[warning]", at);
        int colon = text.indexOf(": ", at);
        draft.attribute("reason", colon < 0 ? null : text.substring(colon + 2));
        if (error && text.indexOf("Cable error", at) > 0) {
            draft.kind(EventKind.LINK_DOWN).atLeast(Severity.ERROR);
        } else if (error || warning || text.indexOf("High Temperature", at) > 0) {
            condition("port-module", error ? Severity.ERROR : Severity.WARN, draft);
        }
    }

    private static void watts(String text, Draft draft) {
        int open = text.indexOf('(', text.indexOf("PCIe slot"));
        long watts = open < 0 ? -1 : new Cursor(text, open + 1).number();
        if (watts >= 0) {
            draft.measure("power_watts", watts);
        }
    }

    /** {@code AER: Uncorrected (Fatal) error received: 0000:9b:00.0}, {@code PCIe Bus Error: severity=Corrected, …}. */
    private static void bus(String text, Draft draft) {
        if (text.contains("recovery successful") || text.contains("AER: enabled")) {
            return;
        }
        boolean corrected = text.contains("Corrected") || text.contains("Correctable");
        boolean fatal = text.contains("(Fatal)") || text.contains("severity=Fatal");
        boolean uncorrected = fatal || text.contains("Uncorrect") || text.contains("recovery failed");
        if (!corrected && !uncorrected) {
            return;
        }
        condition(uncorrected ? "pcie-error" : "pcie-corrected", uncorrected ? Severity.ERROR : Severity.WARN, draft);
        int received = text.indexOf("received: ");
        if (received > 0 && DeviceLine.isAddress(text, received + 10)) {
            draft.attribute("peer", text.substring(received + 10, received + 22).toLowerCase(Locale.ROOT));
        }
    }

    /** Links of network cards, of bonds, of OmniPath and of hot-plug slots. */
    private static void link(String text, Draft draft) {
        int state = text.indexOf("set_link_state: current ");
        if (state >= 0) {
            String port = new Cursor(text).word();
            draft.attribute("interface", port.endsWith(":") ? port.substring(0, port.length() - 1) : null);
            boolean lost = text.startsWith("ACTIVE, new ", state + 24) && !text.contains("new ACTIVE");
            if (lost) {
                draft.kind(EventKind.LINK_DOWN).atLeast(Severity.ERROR);
            }
            return;
        }
        if (text.contains("pciehp") && (text.contains("Link Down") || text.contains("Card not present"))) {
            draft.kind(EventKind.LINK_DOWN).atLeast(Severity.ERROR).attribute("reason", "pciehp");
            return;
        }
        if (text.contains("now running without any active interface")) {
            draft.kind(EventKind.LINK_DOWN).atLeast(Severity.ERROR);
            bond(text, draft);
            return;
        }
        // "IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready" is how every interface comes up.
        int link = text.startsWith("IPv6: ") ? -1 : indexOfLink(text);
        if (link >= 0) {
            bond(text, draft);
            interfaceBefore(text, draft);
            if (isDown(text, link + 5)) {
                draft.kind(EventKind.LINK_DOWN).atLeast(Severity.WARN);
            }
        }
    }

    /** {@code Link down}, {@code Port: 1 Link DOWN}, {@code Link is Down}, {@code link down}, {@code link status definitely down}. */
    private static boolean isDown(String text, int from) {
        Cursor cursor = new Cursor(text, from);
        cursor.take("is ");
        cursor.take("status ");
        cursor.take("definitely ");
        boolean down = cursor.take("down") || cursor.take("Down") || cursor.take("DOWN");
        char next = cursor.peek();
        return down && (next == 0 || !Character.isLetterOrDigit(next));
    }

    private static int indexOfLink(String text) {
        for (int at = text.indexOf("ink "); at > 0; at = text.indexOf("ink ", at + 4)) {
            char c = text.charAt(at - 1);
            if ((c == 'L' || c == 'l') && (at == 1 || text.charAt(at - 2) == ' ')) {
                return at - 1;
            }
        }
        return -1;
    }

    /** {@code bond0: (slave ens1): link …}, {@code bonding: bond0: link … for interface ens1, …}, {@code e1000e: eth0 NIC Link …}. */
    private static void interfaceBefore(String text, Draft draft) {
        int slave = text.indexOf("(slave ");
        int named = text.indexOf(" for interface ");
        if (slave >= 0) {
            int close = text.indexOf(')', slave);
            draft.attribute("interface", close < 0 ? null : text.substring(slave + 7, close));
        } else if (named >= 0) {
            String word = new Cursor(text, named + 15).word();
            int comma = word.indexOf(',');
            draft.attribute("interface", comma < 0 ? word : word.substring(0, comma));
        } else {
            interfaceInFront(text, draft);
        }
    }

    /** {@code bond0: …}, before Linux 5.6 {@code bonding: bond0: …}. */
    private static void bond(String text, Draft draft) {
        int start = text.startsWith("bonding: ") ? 9 : 0;
        int colon = text.startsWith("bond", start) ? text.indexOf(':', start) : -1;
        draft.attribute("bond", colon < 0 ? null : text.substring(start, colon));
    }

    private static void interfaceInFront(String text, Draft draft) {
        Cursor cursor = new Cursor(text);
        String first = cursor.word();
        boolean driver = first.endsWith(":") && cursor.take(' ');
        String second = driver ? cursor.word() : "";
        String name = second.isEmpty() || second.equals("NIC") || second.equalsIgnoreCase("link") ? first : second;
        if (name.endsWith(":") || !second.isEmpty()) {
            draft.attribute("interface", name.endsWith(":") ? name.substring(0, name.length() - 1) : name);
        }
    }

    private static void condition(String condition, Severity severity, Draft draft) {
        draft.kind(EventKind.NODE_CONDITION).atLeast(severity).attribute("condition", condition);
    }
}
