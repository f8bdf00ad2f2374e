package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Entity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a story is made of: an alert, or that one is over. One of the two is there. */
public record Finding(@Nullable Alert alert, @Nullable Ending ending) {

    public static Finding of(Alert alert) {
        return new Finding(alert, null);
    }

    public static Finding of(Ending ending) {
        return new Finding(null, ending);
    }

    /** The key: what is one story shares a switch, a node or a job, and those never span clusters; empty where unknown. */
    public String cluster() {
        Entity entity = alert != null
                ? alert.entity()
                : Objects.requireNonNull(ending, "one of the two").entity();
        return Objects.requireNonNullElse(entity.cluster(), "");
    }
}
