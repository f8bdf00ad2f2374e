package io.faultline.explain.diagnose;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** NVIDIA's Xid codes in plain words (NVIDIA, "XID Errors", r580, and its catalog of 2025-10). */
final class Xid {

    /** The first number after "Xid" is the PCI address, the code comes behind it. Logs before 2016 lack "PCI:". */
    private static final Pattern CODE = Pattern.compile(
            "Xid \\((?:PCI:)?[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(?:\\.[0-7])?\\): (\\d{1,3})");

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(13, "raised a graphics engine exception"),
            Map.entry(31, "hit a memory page fault"),
            Map.entry(45, "had its channels torn down"),
            Map.entry(48, "has a double-bit memory error"),
            Map.entry(54, "has no auxiliary power"),
            Map.entry(62, "halted its power controller"),
            Map.entry(63, "retired a memory row"),
            Map.entry(64, "could not retire a bad memory row"),
            Map.entry(74, "has an NVLink error"),
            Map.entry(79, "fell off the bus"),
            Map.entry(92, "has too many corrected memory errors"),
            Map.entry(94, "has a contained memory error"),
            Map.entry(95, "has an uncontained memory error"),
            Map.entry(109, "timed out switching contexts"),
            Map.entry(119, "stopped answering its driver (GSP)"),
            Map.entry(120, "has a fault in its system processor (GSP)"),
            Map.entry(140, "has an unrecovered memory error"));

    private Xid() {}

    /** The code in a kernel's line, or null. */
    static @Nullable Integer codeIn(String text) {
        Matcher matcher = CODE.matcher(text);
        return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
    }

    /** What the GPU did: {@code fell off the bus}, {@code reported Xid 151}. */
    static String words(int code) {
        return WORDS.getOrDefault(code, "reported Xid " + code);
    }
}
