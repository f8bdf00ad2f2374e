package io.faultline.fuzz;

import io.faultline.collect.FuzzTarget;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls: one target, named by the first argument. */
public final class Fuzz {

    private static @Nullable Consumer<byte[]> target;

    private Fuzz() {}

    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.all().get(arguments[0]);
        if (target == null) {
            throw new IllegalArgumentException("no target " + arguments[0] + "; there are "
                    + FuzzTarget.all().keySet());
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (target != null) {
            target.accept(input);
        }
    }
}
