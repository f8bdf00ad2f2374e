package io.faultline.explain.context;

import io.faultline.explain.account.Loss;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import org.jspecify.annotations.Nullable;

/**
 * Something that incidents may be told with: a change, or how a job's loss goes on. One of the two is there.
 *
 * @param cluster the cluster's name, empty where it is not known; the key
 * @param subject what it is about, as {@code job/train-llm}
 * @param entity the same as an entity
 * @param change what was changed; null for a loss
 * @param loss how the loss goes on; null for a change
 */
public record ContextFact(
        String cluster, String subject, Entity entity, @Nullable Change change, @Nullable Loss loss) {}
