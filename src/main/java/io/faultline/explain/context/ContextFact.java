package io.faultline.explain.context;

import io.faultline.explain.account.Loss;
import io.faultline.explain.complete.Heard;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that incidents may be told with: a change, how a job's loss goes on, or what was told of a source. One of the
 * three is there.
 *
 * @param cluster the cluster's name, empty where it is not known; the key
 * @param subject what it is about, as {@code job/train-llm}
 * @param entity the same as an entity
 * @param change what was changed
 * @param loss how the loss goes on
 * @param heard what was told of a source
 */
public record ContextFact(
        String cluster,
        String subject,
        Entity entity,
        @Nullable Change change,
        @Nullable Loss loss,
        @Nullable Heard heard) {

    static ContextFact of(String cluster, String subject, Change change) {
        return new ContextFact(cluster, subject, change.entity(), change, null, null);
    }

    static ContextFact of(String cluster, String subject, Entity entity, Loss loss) {
        return new ContextFact(cluster, subject, entity, null, loss, null);
    }

    /** What an event tells of a source. */
    public static ContextFact ofSource(LogEvent event) {
        Heard heard = Heard.of(event);
        String cluster = Objects.requireNonNullElse(event.entity().cluster(), "");
        return new ContextFact(cluster, "source/" + heard.source(), event.entity(), null, null, heard);
    }
}
