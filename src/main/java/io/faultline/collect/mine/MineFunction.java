package io.faultline.collect.mine;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Carries events to their template and each key's templates through state. Key: {@link #key}. A {@code log.template} event
 * comes before the event that made or merged a template.
 */
public final class MineFunction extends KeyedProcessFunction<String, LogEvent, LogEvent> {

    /** So many keys have their templates at hand; the others are read from state when their next line comes. */
    private static final int GROUPS_AT_HAND = 512;

    /** Formats whose parser reads the head of a line and leaves its text alone. */
    private static final Set<String> TEXT_FORMATS = Set.of(
            "unknown",
            "json",
            "python-logging",
            "java-logging",
            "rust-logging",
            "logfmt",
            "glog",
            "klog",
            "syslog",
            "kernel",
            "job-output");

    private static final long serialVersionUID = 1;

    private final MineSettings settings;
    private transient LineScanner scanner;
    private transient Pieces pieces;
    private transient Map<String, TemplateGroup> groups;
    /**
     * Key: a format and one of 1,024 buckets of first words. By template id, a {@link PartsCodec} text of 100 to 1,000
     * bytes; {@link MineSettings#templates} entries at most. An entry ends when it went into another, when a newer one
     * needs its place, or by TTL seven days after it was saved last, which is once a day while its lines come.
     */
    private transient MapState<String, byte[]> templates;

    public MineFunction(MineSettings settings) {
        this.settings = settings;
    }

    /** Whether no parser knows what the event tells: only such events go through this step. */
    public static boolean isMined(LogEvent event) {
        return event.kind() == EventKind.LOG_OTHER
                && TEXT_FORMATS.contains(event.format())
                && !event.attributes().has("driver_version");
    }

    /** The format and the bucket of the first word of letters: equal for all lines of a template. */
    public static String key(LogEvent event) {
        return MineKey.of(event.format(), event.message());
    }

    @Override
    public void open(OpenContext context) {
        scanner = new LineScanner(settings.longestLine());
        pieces = new Pieces();
        groups = new LinkedHashMap<>(16, 0.75f, true);
        var descriptor = new MapStateDescriptor<>(
                "templates", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofMillis(TemplateGroup.KEPT_FOR_MILLIS))
                .cleanupIncrementally(1, false)
                .build());
        templates = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public void processElement(LogEvent event, Context context, Collector<LogEvent> out) throws Exception {
        long now = context.timerService().currentProcessingTime();
        TemplateGroup group = group(context.getCurrentKey(), now);
        scanner.scan(event.message(), pieces);
        Known known = group.add(pieces, now);
        save(group);
        for (TemplateChange change : group.changes()) {
            out.collect(MinedEvents.ofChange(change, event));
        }
        out.collect(MinedEvents.withTemplate(event, known.template, Alignment.values(known.parts, pieces)));
    }

    private TemplateGroup group(String key, long now) throws Exception {
        TemplateGroup group = groups.get(key);
        if (group == null) {
            List<Parts> saved = new ArrayList<>();
            for (byte[] bytes : templates.values()) {
                saved.add(PartsCodec.read(bytes));
            }
            group = new TemplateGroup(settings);
            group.restore(saved, now);
            groups.put(key, group);
            if (groups.size() > GROUPS_AT_HAND) {
                groups.remove(groups.keySet().iterator().next());
            }
        }
        return group;
    }

    private void save(TemplateGroup group) throws Exception {
        for (String id : group.dropped()) {
            templates.remove(id);
        }
        for (Known known : group.unsaved()) {
            templates.put(known.template.id(), PartsCodec.write(known.parts));
        }
    }
}
