package io.faultline.collect.mine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the templates of lines that no parser knows, one line after the other: what a line shows of itself (numbers,
 * addresses, paths) is a value at once, and words are when enough of them were seen at one place. Not thread-safe.
 *
 * <p>{@link MineFunction} does the same with each key's templates in Flink's state: the ids are equal.
 */
public final class TemplateMiner {

    /** How many templates that are no more have their successor remembered. */
    private static final int MOST_SUCCESSORS = 100_000;

    private final MineSettings settings;
    private final LineScanner scanner;
    private final Pieces pieces = new Pieces();
    /** By {@link MineKey}: not more than its buckets. */
    private final Map<String, TemplateGroup> groups = new HashMap<>();

    private final Map<String, Template> successors = new LinkedHashMap<>();

    public TemplateMiner(MineSettings settings) {
        this.settings = settings;
        this.scanner = new LineScanner(settings.longestLine());
    }

    /** The template of a message, its values, and what the message changed in what was known. */
    public Mined add(String message) {
        scanner.scan(message, pieces);
        int anchor = pieces.anchor();
        String bucket = MineKey.bucket(anchor < 0 ? "" : pieces.text(anchor));
        TemplateGroup group = groups.computeIfAbsent(bucket, key -> new TemplateGroup(settings));
        Known known = group.add(pieces, 0);
        remember(group.changes());
        return new Mined(known.template, Alignment.values(known.parts, pieces), group.changes());
    }

    /** The template that has this one's lines by now; mostly the same. */
    public Template latest(Template template) {
        Template latest = template;
        // Not more steps than there are templates: one that was let go can come again and go into its own successor.
        for (int steps = successors.size(); steps > 0; steps--) {
            Template next = successors.get(latest.id());
            if (next == null) {
                break;
            }
            latest = next;
        }
        return latest;
    }

    private void remember(List<TemplateChange> changes) {
        for (TemplateChange change : changes) {
            Template successor = change.successor();
            if (successor == null) {
                successors.remove(change.template().id());
            } else {
                successors.put(change.template().id(), successor);
            }
        }
        while (successors.size() > MOST_SUCCESSORS) {
            successors.remove(successors.keySet().iterator().next());
        }
    }
}
