package io.faultline.explain.change;

import io.faultline.explain.account.Sign;
import io.faultline.explain.account.Signs;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is changed on one subject by comparing each sign with what was known before. */
public final class ChangeFinder {

    private static final String SIZE = "size";
    private static final String SAVED = "saved";

    private final List<Change> changes = new ArrayList<>();
    private Known known;

    public ChangeFinder(Known known) {
        this.known = known;
    }

    /** What is to be kept. */
    public Known known() {
        return known;
    }

    /** The changes since the last call, in order. */
    public List<Change> changes() {
        List<Change> now = List.copyOf(changes);
        changes.clear();
        return now;
    }

    /**
     * Takes one sign, in order of time.
     *
     * @param before how often the subject had been started before this sign
     * @param attempts how often with it
     * @param gpus how many GPUs it has now; 0 where that is not known
     */
    public void take(Sign sign, int before, int attempts, int gpus) {
        switch (sign.kind()) {
            case FACT -> fact(sign);
            case CHECKPOINT_END -> saved(sign);
            case STEP, MOVING -> sized(sign, gpus);
            default -> {}
        }
        boolean progress = sign.kind() == Sign.Kind.STEP || sign.kind() == Sign.Kind.MOVING;
        if (attempts > before && (before > 0 || !progress) && !sign.kind().equals(Sign.Kind.STUCK)) {
            String from = sign.step() > 0 && !progress ? " from step " + Math.round(sign.step()) : "";
            add(sign, Change.Kind.RESTART, name(sign) + (before == 0 ? " started" : " started again") + from);
        }
    }

    private void fact(Sign sign) {
        if (sign.value().isEmpty()) {
            return;
        }
        switch (sign.name()) {
            case Signs.VERSION -> differs(sign, Change.Kind.DEPLOY, " started with version ");
            case Signs.IMAGE -> differs(sign, Change.Kind.DEPLOY, " runs image ");
            case Signs.DRIVER -> differs(sign, Change.Kind.DRIVER, " has driver ");
            case Signs.CONFIGURATION -> configured(sign);
            case Signs.POD -> add(sign, Change.Kind.RESTART, name(sign) + ": " + sign.value());
            case Signs.SCALE -> add(sign, Change.Kind.SCALE, name(sign) + ": " + sign.value());
            default -> {}
        }
    }

    private void differs(Sign sign, Change.Kind kind, String words) {
        String before = remember(sign.name(), sign.value());
        if (before != null && !before.equals(sign.value())) {
            add(sign, kind, name(sign) + words + sign.value() + " (before: " + before + ')');
        }
    }

    private void configured(Sign sign) {
        String before = remember(sign.name(), sign.value());
        String difference = before == null ? "" : Arguments.difference(before, sign.value());
        if (!difference.isEmpty()) {
            add(sign, Change.Kind.CONFIGURATION, name(sign) + " started with " + difference);
        }
    }

    /** All ranks tell of one save. */
    private void saved(Sign sign) {
        String failed = sign.name().isEmpty() ? " saved" : " could not be saved";
        String step = Double.isNaN(sign.step()) ? "" : " of step " + Math.round(sign.step());
        String told = step + failed;
        if (Double.isNaN(sign.step()) || !told.equals(remember(SAVED, told))) {
            add(sign, Change.Kind.CHECKPOINT, "checkpoint of " + name(sign) + step + failed);
        }
    }

    /** Compared when it makes progress: before that, sizes of parts of it are told too. */
    private void sized(Sign sign, int gpus) {
        if (gpus == 0) {
            return;
        }
        String now = Integer.toString(gpus);
        String before = known.get(SIZE);
        if (!now.equals(before)) {
            remember(SIZE, now);
            if (before != null) {
                add(sign, Change.Kind.SCALE, name(sign) + " has " + now + " GPUs (before: " + before + ')');
            }
        }
    }

    private @Nullable String remember(String name, String value) {
        String before = known.get(name);
        if (!value.equals(before)) {
            known = known.with(name, value);
        }
        return before;
    }

    private void add(Sign sign, Change.Kind kind, String text) {
        changes.add(new Change(sign.timestamp(), kind, sign.entity(), text, 0, sign.origin()));
    }

    /** {@code job train-llm}: the most exact part of what the subject is. */
    private static String name(Sign sign) {
        Entity entity = sign.entity();
        int slash = sign.subject().indexOf('/');
        String level = sign.subject().substring(0, slash);
        String word = level.equals("replica") ? "engine" : level;
        return word
                + ' '
                + (entity.equals(Entity.UNKNOWN)
                        ? sign.subject()
                        : sign.subject().substring(slash + 1));
    }
}
