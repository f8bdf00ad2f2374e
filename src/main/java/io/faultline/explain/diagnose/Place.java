package io.faultline.explain.diagnose;

import io.faultline.model.Entity;

/** Where something is, in words. */
final class Place {

    private Place() {}

    /** {@code GPU 0000:9b:00 on gpu-a1}, {@code rank 3 of job train-llm}, {@code replica chat-0}; the most exact part. */
    static String of(Entity entity) {
        if (entity.gpu() != null) {
            return "GPU " + entity.gpu() + (entity.node() == null ? "" : " on " + entity.node());
        }
        if (entity.rank() != null) {
            return "rank " + entity.rank() + (entity.job() == null ? "" : " of job " + entity.job());
        }
        if (entity.node() != null) {
            return "node " + entity.node();
        }
        return workload(entity);
    }

    /** {@code job train-llm}, {@code replica chat-0}: what people run; its node where nothing runs. */
    static String workload(Entity entity) {
        if (entity.replica() != null) {
            return "replica " + entity.replica();
        }
        if (entity.job() != null) {
            return "job " + entity.job();
        }
        if (entity.service() != null) {
            return "service " + entity.service();
        }
        if (entity.node() != null) {
            return "node " + entity.node();
        }
        return entity.model() != null ? "model " + entity.model() : "an unknown place";
    }

    /** How exact an entity is: the larger, the smaller the thing. */
    static int exactness(Entity entity) {
        if (entity.gpu() != null) {
            return 5;
        }
        if (entity.rank() != null) {
            return 4;
        }
        if (entity.replica() != null || entity.node() != null) {
            return 3;
        }
        return entity.job() != null ? 2 : 1;
    }
}
