package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel writes when it kills for memory. Who asked for memory ({@code invoked oom-killer}) is not who is killed:
 * only the line that names the victim is a fault. The line before it names the victim's cgroup, by which a pod is found.
 */
final class OomKiller {

    private static final String INVOKED = " invoked oom-killer: ";
    private static final String NOTE = "oom ";
    private static final String CONSTRAINT = "oom-kill:constraint=CONSTRAINT_";

    /** The kernel cuts a process's name to 15 characters. */
    private static final int LONGEST_NAME = 16;

    private OomKiller() {}

    /** Whether a text is {@code python3 invoked oom-killer: …}. */
    static boolean isInvocation(String text) {
        for (int i = text.indexOf(' ', 1); i >= 0 && i <= LONGEST_NAME; i = text.indexOf(' ', i + 1)) {
            if (text.startsWith(INVOKED, i)) {
                return true;
            }
        }
        return false;
    }

    /** Fills the draft if a text is of this sequence. */
    static void read(String text, Draft draft, String note) {
        if (text.startsWith("Memory cgroup out of memory: ")) {
            killed(text, 29, draft.attribute("constraint", "memcg"), note);
        } else if (text.startsWith("Out of memory: ") || text.startsWith("Out of memory (")) {
            killed(text, text.indexOf(": ") + 2, draft, note);
        } else if (text.startsWith("Killed process ")) {
            // Before Linux 4.19 the second line about one victim; the first one said that it will be killed.
            victim(text, 15, draft);
        } else if (text.startsWith("oom-kill:")) {
            chosen(text, draft);
        } else if (text.startsWith("oom_reaper: reaped process ")) {
            victim(text, 27, draft);
        } else if (isInvocation(text)) {
            draft.attribute("invoker", text.substring(0, text.indexOf(INVOKED)));
        }
    }

    /** What the line with the cgroup leaves for the next: {@code oom 4711 <pod uid>}; empty where it names no pod. */
    static String note(Attributes chosen) {
        String pod = chosen.get("pod_uid");
        return pod == null ? "" : NOTE + chosen.get("pid") + ' ' + pod;
    }

    static boolean isNote(String note) {
        return note.startsWith(NOTE);
    }

    /** {@code Killed process 4711 (python3) total-vm:…}; before Linux 4.19 {@code Kill process}. */
    private static void killed(String text, int from, Draft draft, String note) {
        Cursor cursor = new Cursor(text, from);
        if (!cursor.take("Killed process ") && !cursor.take("Kill process ")) {
            return;
        }
        draft.kind(EventKind.MEMORY_EXHAUSTED).atLeast(Severity.ERROR).attribute("memory", "host");
        String pid = victim(text, cursor.position(), draft);
        if (pid != null && note.startsWith(NOTE + pid + ' ')) {
            draft.attribute("pod_uid", note.substring(NOTE.length() + pid.length() + 1));
        }
    }

    /** {@code 4711 (Plex Media Server) total-vm:12kB, anon-rss:3kB, …}; returns the process id. */
    private static @Nullable String victim(String text, int from, Draft draft) {
        long number = new Cursor(text, from).number();
        String pid = number < 0 ? null : Long.toString(number);
        int open = text.indexOf('(', from);
        int close = open < 0 ? -1 : endOfName(text, open);
        draft.attribute("pid", pid);
        draft.attribute("process", close > open ? text.substring(open + 1, close) : null);
        int numbers = Math.max(close, from);
        kilobytes(text, "total-vm:", "total_vm_bytes", numbers, draft);
        kilobytes(text, "anon-rss:", "anon_rss_bytes", numbers, draft);
        kilobytes(text, "file-rss:", "file_rss_bytes", numbers, draft);
        kilobytes(text, "shmem-rss:", "shmem_rss_bytes", numbers, draft);
        kilobytes(text, "pgtables:", "pgtables_bytes", numbers, draft);
        int score = text.indexOf("oom_score_adj:", numbers);
        if (score > 0) {
            int end = score + 14;
            while (end < text.length() && (text.charAt(end) == '-' || Character.isDigit(text.charAt(end)))) {
                end++;
            }
            Numbers.put(draft.measures(), "oom_score_adj", 1, text, score + 14, end);
        }
        return pid;
    }

    /** Names may hold brackets themselves: {@code ((sd-pam))}. */
    private static int endOfName(String text, int open) {
        int limit = Math.min(text.length(), open + 2 + 2 * LONGEST_NAME);
        int close = -1;
        for (int i = open; i < limit; i++) {
            if (text.charAt(i) == ')') {
                close = i;
                if (i + 1 == text.length() || " ,.".indexOf(text.charAt(i + 1)) >= 0) {
                    return i;
                }
            }
        }
        return close;
    }

    private static void kilobytes(String text, String key, String measure, int from, Draft draft) {
        int found = text.indexOf(key, from);
        long size = found < 0 ? -1 : new Cursor(text, found + key.length()).number();
        if (size >= 0) {
            draft.measure(measure, size * 1024);
        }
    }

    /** {@code oom-kill:constraint=CONSTRAINT_MEMCG,…,task_memcg=/kubepods/burstable/pod…/…,task=python3,pid=4711,uid=0}. */
    private static void chosen(String text, Draft draft) {
        if (text.startsWith(CONSTRAINT)) {
            int end = text.indexOf(',', CONSTRAINT.length());
            String constraint = text.substring(CONSTRAINT.length(), end < 0 ? text.length() : end);
            draft.attribute("constraint", constraint.toLowerCase(Locale.ROOT));
        }
        String cgroup = value(text, ",task_memcg=", ",task=");
        int pid = text.lastIndexOf(",pid=");
        draft.attribute("cgroup", cgroup);
        draft.attribute("process", pid < 0 ? null : value(text.substring(0, pid + 1), ",task=", null));
        draft.attribute("pid", pid < 0 ? null : value(text.substring(pid), ",pid=", ",uid="));
        if (cgroup != null) {
            draft.attribute("pod_uid", podUid(cgroup));
        }
    }

    private static @Nullable String value(String text, String key, @Nullable String end) {
        int from = text.indexOf(key);
        if (from < 0) {
            return null;
        }
        int start = from + key.length();
        int stop = end == null ? text.length() - 1 : text.indexOf(end, start);
        return text.substring(start, stop < start ? text.length() : stop);
    }

    /**
     * The uid in {@code /kubepods/burstable/pod1b2c…/…} of the cgroupfs driver and in {@code
     * /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1b2c_….slice/…} of the systemd driver, which has
     * underscores for the dashes.
     */
    static @Nullable String podUid(String cgroup) {
        int pods = cgroup.indexOf("kubepods");
        for (int at = cgroup.indexOf("pod", pods + 8); pods >= 0 && at > 0; at = cgroup.indexOf("pod", at + 3)) {
            char before = cgroup.charAt(at - 1);
            int end = at + 3;
            while (end < cgroup.length() && isUidPart(cgroup.charAt(end))) {
                end++;
            }
            if ((before == '/' || before == '-') && end - at >= 3 + 32) {
                return cgroup.substring(at + 3, end).replace('_', '-');
            }
        }
        return null;
    }

    private static boolean isUidPart(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-' || c == '_';
    }
}
