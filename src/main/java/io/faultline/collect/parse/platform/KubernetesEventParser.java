package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import java.util.List;
import java.util.Locale;

/**
 * Kubernetes events: objects of the API as JSON, rows of {@code kubectl describe} and rows of {@code kubectl get events}. The
 * ages in rows count from when somebody looked: they are kept as texts and are no times. One row may stand for hundreds of
 * events: {@code event_count} says how many.
 */
public final class KubernetesEventParser implements FormatParser {

    /** Rows begin with a namespace, ages and a type; none is longer. */
    private static final int REACH = 160;

    @Override
    public String name() {
        return "k8s-event";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 24) {
            return false;
        }
        if (text.charAt(0) == '{') {
            return KubernetesEventObject.mayRead(text);
        }
        int from = 0;
        while (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        return isType(text, from) || isTypeInside(text) || isHeader(text, from);
    }

    private static boolean isType(String text, int at) {
        return text.startsWith("Warning  ", at)
                || text.startsWith("Normal  ", at)
                || text.startsWith("Warning\t", at)
                || text.startsWith("Normal\t", at);
    }

    private static boolean isTypeInside(String text) {
        int end = Math.min(text.length(), REACH);
        for (int i = text.indexOf("  "); i >= 0 && i < end; i = text.indexOf("  ", i + 1)) {
            if (isType(text, i + 2)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeader(String text, int from) {
        boolean described = text.startsWith("Type ", from) && text.contains(" Reason ") && text.contains(" Message");
        boolean ruled = text.startsWith("----  ", from) && text.strip().endsWith("-------");
        boolean listed = text.contains("LAST SEEN ") && text.contains(" REASON ");
        return described || ruled || listed;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (text.charAt(0) == '{') {
            return KubernetesEventObject.read(text, draft, context) ? draft.parsed() : ParseResult.UNRECOGNISED;
        }
        String row = text.strip();
        if (isHeader(row, 0)) {
            return draft.message(row).parsed();
        }
        List<String> cells = Columns.of(row);
        int type = cells.indexOf("Warning");
        type = type < 0 ? cells.indexOf("Normal") : type;
        if (type < 0 || type > 5 || cells.size() < type + 3) {
            return ParseResult.UNRECOGNISED;
        }
        boolean read = type == 0
                ? described(cells, draft)
                : type <= 2 ? listed(cells, type, draft) : type == 5 ? old(cells, draft) : wide(cells, type, draft);
        return read ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    /** {@code Warning  BackOff  3m19s (x256 over 58m)  kubelet  Back-off restarting failed container main in pod …}. */
    private static boolean described(List<String> cells, Draft draft) {
        if (cells.size() < 4 || !age(cells.get(2), draft)) {
            return false;
        }
        String from = cells.size() > 4 ? cells.get(3) : "";
        source(from, draft);
        String message = String.join("  ", cells.subList(cells.size() > 4 ? 4 : 3, cells.size()));
        event(cells.get(0), cells.get(1), "", message, draft);
        return true;
    }

    /** {@code [namespace   ]3m30s (x256 over 58m)   Warning   BackOff   Pod/name   message}. */
    private static boolean listed(List<String> cells, int type, Draft draft) {
        if (cells.size() < type + 3 || !age(cells.get(type - 1), draft)) {
            return false;
        }
        draft.attribute("namespace", type == 2 ? cells.get(0) : null);
        String object = object(cells.get(type + 2), draft);
        String message = String.join("  ", cells.subList(type + 3, cells.size()));
        event(cells.get(type), cells.get(type + 1), object, message, draft);
        return object != null;
    }

    /** Before Kubernetes 1.10: {@code 5m  1m  12  kubelet, gpu-a1  spec.containers{main}  Warning  BackOff  message}. */
    private static boolean old(List<String> cells, Draft draft) {
        return times(cells, 0, draft) && sourced(cells, 5, draft);
    }

    /** The same without a path, or with other columns before the type. */
    private static boolean wide(List<String> cells, int type, Draft draft) {
        return times(cells, 0, draft) && sourced(cells, type, draft);
    }

    private static boolean times(List<String> cells, int from, Draft draft) {
        String count = cells.get(from + 2);
        if (!isAge(cells.get(from)) || !isAge(cells.get(from + 1))) {
            return false;
        }
        draft.attribute("first_seen_age", cells.get(from)).attribute("age", cells.get(from + 1));
        return Numbers.put(draft.measures(), "event_count", 1, count, 0, count.length());
    }

    private static boolean sourced(List<String> cells, int type, Draft draft) {
        source(cells.get(3), draft);
        String message = String.join("  ", cells.subList(Math.min(type + 2, cells.size()), cells.size()));
        event(cells.get(type), cells.get(type + 1), "", message, draft);
        return true;
    }

    /** {@code kubelet, gpu-a1}: the source and its node. */
    private static void source(String from, Draft draft) {
        int comma = from.indexOf(", ");
        draft.attribute("source", comma < 0 ? from : from.substring(0, comma));
        draft.attribute("node", comma < 0 ? null : from.substring(comma + 2));
    }

    private static String object(String written, Draft draft) {
        int slash = written.indexOf('/');
        String kind = slash < 0 ? written : written.substring(0, slash).toLowerCase(Locale.ROOT);
        String name = slash < 0 ? "" : written.substring(slash + 1);
        KubernetesEventObject.about(kind, name, draft);
        return kind.equals("node") ? "Node" : kind;
    }

    private static void event(String type, String reason, String object, String message, Draft draft) {
        draft.message(message);
        KubernetesReasons.read(type, reason, object, message, draft);
    }

    /** {@code 3m19s (x256 over 58m)}. */
    private static boolean age(String written, Draft draft) {
        int times = written.indexOf(" (x");
        String age = times < 0 ? written : written.substring(0, times);
        if (!isAge(age)) {
            return false;
        }
        draft.attribute("age", age);
        if (times >= 0) {
            Cursor cursor = new Cursor(written, times + 3);
            long count = cursor.number();
            String first = cursor.take(" over ") ? cursor.until(')') : null;
            draft.attribute("first_seen_age", first);
            if (count >= 0) {
                draft.measure("event_count", count);
            }
        }
        return true;
    }

    /** {@code 3m19s}, {@code 2d17h}, {@code <unknown>}, {@code <invalid>}. */
    static boolean isAge(String text) {
        if (text.equals("<unknown>") || text.equals("<invalid>")) {
            return true;
        }
        if (text.isEmpty() || text.length() > 12 || "smhdy".indexOf(text.charAt(text.length() - 1)) < 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i)) && "smhdy".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return Character.isDigit(text.charAt(0));
    }
}
