package io.faultline.model;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What an incident most likely comes from.
 *
 * @param category where it lies
 * @param kind the kind of the event that started it, as {@link EventKind#id()}; {@code unknown} where nothing did
 * @param entity the most exact entity that is to blame
 * @param title one line for people
 * @param confidence 0…1
 * @param verdict how sure, as a word
 * @param because the reasons, one sentence each
 * @param scope the part of the cluster that has it in common
 */
public record Cause(
        CauseCategory category,
        String kind,
        Entity entity,
        String title,
        double confidence,
        Verdict verdict,
        @TypeInfo(Lists.OfString.class) List<String> because,
        Scope scope) {

    public Cause {
        because = List.copyOf(because);
    }

    /** A cause of one thing alone. */
    public Cause(
            CauseCategory category,
            String kind,
            Entity entity,
            String title,
            double confidence,
            Verdict verdict,
            List<String> because) {
        this(category, kind, entity, title, confidence, verdict, because, Scope.NONE);
    }

    /** With one more reason. */
    public Cause with(String reason) {
        List<String> reasons = new ArrayList<>(because);
        reasons.add(reason);
        return new Cause(category, kind, entity, title, confidence, verdict, reasons, scope);
    }

    /** How sure. */
    public enum Verdict {
        CONFIRMED,
        LIKELY,
        UNKNOWN
    }
}
