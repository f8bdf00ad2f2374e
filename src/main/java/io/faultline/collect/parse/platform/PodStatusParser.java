package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.List;

/**
 * Rows of {@code kubectl get pods}, in which the column RESTARTS may hold blanks ({@code 12 (3m4s ago)}), and what {@code
 * kubectl describe pod} says of a container's state: {@code Reason: OOMKilled}, {@code Exit Code: 137}.
 */
public final class PodStatusParser implements FormatParser {

    private static final int REACH = 400;

    /** A container that a signal ended exits with 128 and the signal's number. */
    private static final int SIGNAL_BASE = 128;

    @Override
    public String name() {
        return "k8s-pod";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 12) {
            return false;
        }
        char first = text.charAt(0);
        if (first == ' ') {
            return isState(text);
        }
        boolean name = (first >= 'a' && first <= 'z') || Cursor.isDigit(first);
        return ready(text) > 0 || (!name && (isHeader(text) || isState(text)));
    }

    private static boolean isHeader(String text) {
        return (text.startsWith("NAME ") || text.startsWith("NAMESPACE ")) && text.contains(" READY ");
    }

    /** Where {@code   0/1  } stands in a row, between blanks; -1 where it does not. */
    private static int ready(String text) {
        int end = Math.min(text.length() - 3, REACH);
        for (int i = text.indexOf('/', 2); i > 0 && i < end; i = text.indexOf('/', i + 1)) {
            if (Character.isDigit(text.charAt(i - 1)) && Character.isDigit(text.charAt(i + 1))) {
                int from = i - 1;
                while (from > 0 && Character.isDigit(text.charAt(from - 1))) {
                    from--;
                }
                int to = i + 1;
                while (to < text.length() && Character.isDigit(text.charAt(to))) {
                    to++;
                }
                if (from > 2 && text.startsWith("  ", from - 2) && text.startsWith("  ", to)) {
                    return from;
                }
            }
        }
        return -1;
    }

    private static boolean isState(String text) {
        String line = text.stripLeading();
        return line.startsWith("Reason:   ")
                || line.startsWith("Exit Code:   ")
                || line.startsWith("State:   ")
                || line.startsWith("Last State:   ")
                || line.startsWith("Restart Count:  ");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        if (isState(text)) {
            for (String line : text.split("\n", -1)) {
                state(line.strip(), draft);
            }
            return draft.parsed();
        }
        if (isHeader(text)) {
            return draft.parsed();
        }
        return row(Columns.of(text.strip()), draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    /** {@code [namespace   ]name   0/1   CrashLoopBackOff   12 (3m4s ago)   58m[   ip   node   …]}. */
    private static boolean row(List<String> cells, Draft draft) {
        int ready = cells.size() > 1 && isReady(cells.get(1)) ? 1 : cells.size() > 2 && isReady(cells.get(2)) ? 2 : -1;
        if (ready < 0 || cells.size() < ready + 3) {
            return false;
        }
        String status = cells.get(ready + 1);
        Cursor restarts = new Cursor(cells.get(ready + 2));
        long count = restarts.number();
        boolean isStatus = !status.isEmpty() && Character.isUpperCase(status.charAt(0));
        if (count < 0 || !isStatus || status.indexOf(' ') >= 0) {
            return false;
        }
        draft.kind(EventKind.POD_EVENT).severity(KubernetesReasons.ofState(status));
        draft.attribute("namespace", ready == 2 ? cells.get(0) : null);
        draft.attribute("pod", cells.get(ready - 1)).attribute("reason", status);
        Cursor containers = new Cursor(cells.get(ready));
        draft.measure("ready_containers", containers.number());
        containers.take('/');
        draft.measure("containers", containers.number()).measure("restarts", count);
        if (restarts.take(" (")) {
            draft.attribute("restart_age", restarts.until(" ago"));
        }
        if (cells.size() > ready + 3 && KubernetesEventParser.isAge(cells.get(ready + 3))) {
            draft.attribute("age", cells.get(ready + 3));
        }
        if (cells.size() > ready + 5 && !cells.get(ready + 5).startsWith("<")) {
            draft.attribute("node", cells.get(ready + 5));
        }
        return true;
    }

    private static boolean isReady(String cell) {
        Cursor cursor = new Cursor(cell);
        return cursor.number() >= 0 && cursor.take('/') && cursor.number() >= 0 && cursor.atEnd();
    }

    private static void state(String line, Draft draft) {
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (line.startsWith("Reason:")) {
            Severity severity = KubernetesReasons.ofState(value);
            draft.attribute("reason", value).atLeast(severity);
            if (draft.kind() == EventKind.LOG_OTHER) {
                draft.kind(EventKind.POD_EVENT);
            }
        } else if (line.startsWith("Exit Code:")) {
            exit(new Cursor(value).number(), draft);
        } else if (line.startsWith("Restart Count:")) {
            long count = new Cursor(value).number();
            if (count >= 0) {
                draft.measure("restarts", count);
            }
        } else if (line.startsWith("State:") || line.startsWith("Last State:")) {
            draft.attribute("state", value);
        }
    }

    /** 137 is a container that SIGKILL ended (for its memory or not), 143 SIGTERM, 139 a segmentation fault, 134 an abort. */
    static void exit(long code, Draft draft) {
        if (code < 0) {
            return;
        }
        long signal = code > SIGNAL_BASE && code < SIGNAL_BASE + 65 ? code - SIGNAL_BASE : 0;
        draft.kind(EventKind.PROCESS_EXIT).measure("exit_code", code);
        draft.attribute("outcome", code == 0 ? "success" : signal == 15 ? "terminated" : "failure");
        if (signal > 0) {
            draft.measure("signal", signal);
        }
        draft.atLeast(code == 0 || signal == 15 ? Severity.INFO : Severity.ERROR);
    }
}
