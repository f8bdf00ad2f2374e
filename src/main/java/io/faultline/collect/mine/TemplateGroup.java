package io.faultline.collect.mine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The templates of one key: a tree of fixed depth, by the first word of letters and the number of parts, and in each leaf
 * the templates to compare with. A line of a shape that was seen does not come to the tree. Not thread-safe.
 */
final class TemplateGroup {

    /** A template that goes on being seen is saved again so often, so that it does not end. */
    static final long SAVED_FOR_MILLIS = Duration.ofDays(1).toMillis();

    /** A template that no line had for so long is new again. */
    static final long KEPT_FOR_MILLIS = Duration.ofDays(7).toMillis();

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final MineSettings settings;
    private final Likeness likeness;
    private final ShapeTable shapes = new ShapeTable();
    private final Map<String, List<Known>> leaves = new HashMap<>();
    private final Map<String, List<Known>> skeletons = new HashMap<>();
    private final Map<String, Known> byId = new HashMap<>();
    /** What the line at hand changed. */
    private final List<TemplateChange> changes = new ArrayList<>();

    /** The templates that the line at hand made necessary to save, and the ids of those that are no more. */
    private final List<Known> unsaved = new ArrayList<>();

    private final List<String> dropped = new ArrayList<>();

    private long lines;

    TemplateGroup(MineSettings settings) {
        this.settings = settings;
        this.likeness = new Likeness(settings);
    }

    /** The template of a line that is read now; {@link #changes()} tells what it changed. */
    Known add(Pieces pieces, long nowMillis) {
        lines++;
        changes.clear();
        unsaved.clear();
        dropped.clear();
        long hash = pieces.hash();
        Known known = shapes.get(hash);
        if (known == null) {
            known = settle(Parts.of(pieces));
            shapes.put(hash, known);
        }
        if (nowMillis - known.savedMillis >= KEPT_FOR_MILLIS && known.savedMillis != NEVER) {
            remove(known);
            known = settle(Parts.of(pieces));
            shapes.put(hash, known);
        }
        if (nowMillis - known.savedMillis >= SAVED_FOR_MILLIS) {
            known.savedMillis = nowMillis;
            unsaved.add(known);
        }
        known.lastLine = lines;
        return known;
    }

    List<TemplateChange> changes() {
        return changes;
    }

    List<Known> unsaved() {
        return unsaved;
    }

    List<String> dropped() {
        return dropped;
    }

    int size() {
        return byId.size();
    }

    /** Puts back templates that were saved. */
    void restore(Collection<Parts> templates, long nowMillis) {
        List<Known> restored = new ArrayList<>();
        for (Parts parts : templates) {
            restored.add(new Known(parts));
        }
        // What is compared first does not depend on the order in which state is read.
        restored.sort(Comparator.comparing(known -> known.template.id()));
        for (Known known : restored) {
            known.savedMillis = nowMillis - SAVED_FOR_MILLIS;
            insert(known);
        }
    }

    private Known settle(Parts line) {
        Parts parts = line;
        List<Known> taken = new ArrayList<>();
        while (true) {
            List<Known> like = new ArrayList<>();
            Parts wider = widen(parts, like);
            if (like.isEmpty()) {
                break;
            }
            if (taken.isEmpty() && like.size() == 1 && wider.same(like.get(0).parts)) {
                return like.get(0);
            }
            parts = wider;
            for (Known known : like) {
                remove(known);
                taken.add(known);
            }
        }
        return keep(parts, taken);
    }

    /** Keeps a template in the place of those that it takes over. */
    private Known keep(Parts parts, List<Known> taken) {
        Known known = new Known(parts);
        Known same = byId.get(known.template.id());
        if (same != null) {
            known = same;
        } else {
            if (byId.size() >= settings.templates()) {
                remove(Collections.min(byId.values(), Comparator.comparingLong((Known old) -> old.lastLine)));
            }
            known.savedMillis = NEVER;
            insert(known);
        }
        boolean isNew = same == null;
        for (Known old : taken) {
            isNew &= !old.template.id().equals(known.template.id());
        }
        if (isNew) {
            changes.add(TemplateChange.added(known.template));
        }
        for (Known old : taken) {
            if (!old.template.id().equals(known.template.id())) {
                changes.add(TemplateChange.merged(old.template, known.template));
            }
        }
        return known;
    }

    private void insert(Known known) {
        leaves.computeIfAbsent(known.leaf, leaf -> new ArrayList<>(1)).add(known);
        skeletons
                .computeIfAbsent(known.skeleton, skeleton -> new ArrayList<>(1))
                .add(known);
        byId.put(known.template.id(), known);
    }

    private void remove(Known known) {
        known.gone = true;
        remove(leaves, known.leaf, known);
        remove(skeletons, known.skeleton, known);
        byId.remove(known.template.id());
        dropped.add(known.template.id());
    }

    private static void remove(Map<String, List<Known>> index, String key, Known known) {
        List<Known> of = index.get(key);
        if (of != null) {
            of.remove(known);
            if (of.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** The parts widened by the templates that they are like; those are added to the list. */
    private Parts widen(Parts parts, List<Known> like) {
        Map<Integer, List<Known>> siblings = new LinkedHashMap<>();
        Known alike = null;
        for (Known known : leaves.getOrDefault(Known.leaf(parts), List.of())) {
            int place = Likeness.differences(parts, known.parts);
            if (place == Likeness.ALIKE) {
                alike = alike == null || Likeness.widen(parts, List.of(known)).same(known.parts) ? known : alike;
            } else if (place != Likeness.UNLIKE) {
                siblings.computeIfAbsent(place, at -> new ArrayList<>()).add(known);
            }
        }
        if (alike != null) {
            like.add(alike);
        } else {
            siblings.forEach((place, knowns) -> {
                if (like.isEmpty() && areValues(parts, place, knowns)) {
                    like.addAll(knowns);
                }
            });
        }
        return like.isEmpty() ? fillGaps(parts, like) : Likeness.widen(parts, like);
    }

    private boolean areValues(Parts parts, int place, List<Known> siblings) {
        Set<String> words = new LinkedHashSet<>();
        words.add(parts.text(place));
        for (Known known : siblings) {
            words.add(known.parts.text(place));
        }
        return words.size() >= likeness.enough(parts, place, words);
    }

    private Parts fillGaps(Parts parts, List<Known> like) {
        for (Known known : skeletons.getOrDefault(Gaps.skeleton(parts), List.of())) {
            Parts wider = Gaps.merge(parts, known.parts);
            if (wider != null) {
                like.add(known);
                return wider;
            }
        }
        return parts;
    }
}
