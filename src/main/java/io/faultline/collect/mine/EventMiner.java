package io.faultline.collect.mine;

import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The step without Flink: gives events their templates in the caller's thread. The ids are those of the job. */
public final class EventMiner {

    /** Of so many templates the lines are counted; of the others nothing is told at the end. */
    private static final int MOST_COUNTED = 100_000;

    private final MineSettings settings;
    private final Map<String, TemplateMiner> miners = new HashMap<>();
    private final Map<String, Count> counts = new LinkedHashMap<>();

    public EventMiner(MineSettings settings) {
        this.settings = settings;
    }

    /**
     * What became of one template.
     *
     * @param format of the lines that have it
     * @param template what they have in common
     * @param lines how many had it when they were read
     * @param successor the template that has its lines by now; null where it is still its own
     */
    public record Found(String format, Template template, long lines, @Nullable Template successor) {}

    /** The event with its template, if it is one that no parser knows; else the event itself. */
    public LogEvent add(LogEvent event) {
        if (!MineFunction.isMined(event)) {
            return event;
        }
        Mined mined = miners.computeIfAbsent(event.format(), format -> new TemplateMiner(settings))
                .add(event.message());
        String key = event.format() + '/' + mined.template().id();
        Count count = counts.get(key);
        if (count == null && counts.size() < MOST_COUNTED) {
            count = new Count(event.format(), mined.template());
            counts.put(key, count);
        }
        if (count != null) {
            count.lines++;
        }
        return MinedEvents.withTemplate(event, mined.template(), mined.values());
    }

    /** All templates that lines had, in the order in which they were found. */
    public List<Found> found() {
        List<Found> found = new ArrayList<>();
        for (Count count : counts.values()) {
            TemplateMiner miner = miners.get(count.format);
            Template latest = miner == null ? count.template : miner.latest(count.template);
            boolean merged = !latest.id().equals(count.template.id());
            found.add(new Found(count.format, count.template, count.lines, merged ? latest : null));
        }
        return found;
    }

    private static final class Count {
        private final String format;
        private final Template template;
        private long lines;

        Count(String format, Template template) {
            this.format = format;
            this.template = template;
        }
    }
}
