package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.model.Entity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of the API as JSON: of {@code v1} and of {@code events.k8s.io/v1}, which names its parts otherwise, bare, inside
 * a watch's {@code object} or inside eventrouter's {@code event}.
 */
final class KubernetesEventObject {

    private static final String[] TIMES = {
        "series.lastObservedTime",
        "lastTimestamp",
        "eventTime",
        "deprecatedLastTimestamp",
        "firstTimestamp",
        "deprecatedFirstTimestamp",
        "metadata.creationTimestamp"
    };

    private KubernetesEventObject() {}

    /** The names of the parts that every event has, in the first characters that hold them all. */
    static boolean mayRead(String text) {
        return (text.contains("\"involvedObject\"") || text.contains("\"regarding\"")) && text.contains("\"reason\"");
    }

    /** False where the text is no whole event. */
    static boolean read(String text, Draft draft, ParseContext context) {
        Map<String, String> all = JsonScalars.read(text);
        Map<String, String> event = all == null ? null : unwrapped(all);
        if (event == null || !event.containsKey("reason")) {
            return false;
        }
        String message = first(event, "message", "note");
        draft.message(message == null ? text : message).at(time(event, context));
        String kind = first(event, "involvedObject.kind", "regarding.kind");
        String name = first(event, "involvedObject.name", "regarding.name");
        about(kind == null ? "" : kind.toLowerCase(Locale.ROOT), name == null ? "" : name, draft);
        draft.attribute("namespace", first(event, "involvedObject.namespace", "regarding.namespace"));
        draft.attribute("container", container(first(event, "involvedObject.fieldPath", "regarding.fieldPath")));
        draft.attribute("source", first(event, "source.component", "reportingController", "reportingComponent"));
        draft.attribute("node", first(event, "source.host", "deprecatedSource.host"));
        String count = first(event, "series.count", "count", "deprecatedCount");
        if (count != null) {
            Numbers.put(draft.measures(), "event_count", 1, count, 0, count.length());
        }
        String type = event.getOrDefault("type", "Normal");
        KubernetesReasons.read(
                type, event.getOrDefault("reason", ""), kind == null ? "" : kind, draft.message(), draft);
        return true;
    }

    /** The event itself, its names as if nothing were around it. */
    private static @Nullable Map<String, String> unwrapped(Map<String, String> all) {
        for (String wrapper : new String[] {"", "object.", "event."}) {
            if (all.containsKey(wrapper + "reason")
                    && (all.containsKey(wrapper + "involvedObject.kind")
                            || all.containsKey(wrapper + "regarding.kind"))) {
                if (wrapper.isEmpty()) {
                    return all;
                }
                Map<String, String> inner = new HashMap<>();
                all.forEach((key, value) -> {
                    if (key.startsWith(wrapper)) {
                        inner.put(key.substring(wrapper.length()), value);
                    }
                });
                return inner;
            }
        }
        return null;
    }

    /** What an event is about. */
    static void about(String kind, String name, Draft draft) {
        switch (kind) {
            case "pod", "pods" -> draft.attribute("pod", name);
            case "node", "nodes" -> draft.entity(Entity.Level.NODE, name.isEmpty() ? null : name);
            default -> draft.attribute("object", name.isEmpty() ? kind : kind + "/" + name);
        }
    }

    private static @Nullable Instant time(Map<String, String> event, ParseContext context) {
        for (String key : TIMES) {
            String written = event.get(key);
            Instant time = written == null ? null : context.timestamps().iso(new Cursor(written));
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    /** {@code main} of {@code spec.containers{main}}. */
    private static @Nullable String container(@Nullable String path) {
        int open = path == null ? -1 : path.indexOf('{');
        return path == null || open < 0 || !path.endsWith("}") ? null : path.substring(open + 1, path.length() - 1);
    }

    private static @Nullable String first(Map<String, String> event, String... keys) {
        for (String key : keys) {
            String value = event.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
