package io.faultline.respond.notify.group;

import io.faultline.model.Level;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was told of one incident: a few dozen bytes a receiver.
 *
 * @param receivers who was told
 * @param levels the highest severity that {@code receivers[i]} was told
 * @param over whether {@code receivers[i]} was told that it is over
 */
public record Told(String[] receivers, Level[] levels, boolean[] over) {

    static final Told NOTHING = new Told(new String[0], new Level[0], new boolean[0]);

    /** The highest severity that was told, or null where the receiver was never told. */
    @Nullable
    Level level(String receiver) {
        int index = indexOf(receiver);
        return index < 0 ? null : levels[index];
    }

    boolean isOver(String receiver) {
        int index = indexOf(receiver);
        return index >= 0 && over[index];
    }

    List<String> everybody() {
        return List.of(receivers);
    }

    Told with(String receiver, Level level, boolean isOver) {
        int index = indexOf(receiver);
        int size = index < 0 ? receivers.length + 1 : receivers.length;
        int place = index < 0 ? receivers.length : index;
        String[] newReceivers = Arrays.copyOf(receivers, size);
        Level[] newLevels = Arrays.copyOf(levels, size);
        boolean[] newOver = Arrays.copyOf(over, size);
        newReceivers[place] = receiver;
        newLevels[place] = level;
        newOver[place] = isOver;
        return new Told(newReceivers, newLevels, newOver);
    }

    private int indexOf(String receiver) {
        return Arrays.asList(receivers).indexOf(receiver);
    }
}
