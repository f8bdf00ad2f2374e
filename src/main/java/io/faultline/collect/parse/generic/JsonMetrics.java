package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** The JSON in which experiment trackers keep metrics: a row of W&amp;B's history, and a metric of MLflow's REST interface. */
final class JsonMetrics {

    /** Where trainers put what the vocabulary has a name for; the first that is there counts. */
    private static final String[][] NAMES = {
        {"step", "train/global_step", "trainer/global_step", "global_step", "_step"},
        {"loss", "train/loss", "train_loss", "training/loss", "loss/train"},
        {"eval_loss", "eval/loss", "val/loss", "val_loss", "validation/loss", "loss/val"},
        {"learning_rate", "train/learning_rate", "lr", "train/lr", "lr-AdamW"},
        {"grad_norm", "train/grad_norm", "grad-norm", "train/grad-norm"},
        {"epoch", "train/epoch"},
    };

    private JsonMetrics() {}

    /** Fills the draft of a record that holds metrics; false where it holds none. */
    static boolean read(JsonFields fields, Draft draft) {
        if (fields.get("_step") != null && (fields.get("_timestamp") != null || fields.get("_runtime") != null)) {
            history(fields, draft);
            return true;
        }
        String metric = fields.get("key");
        String value = fields.get("value");
        if (metric == null || value == null || fields.get("step") == null || fields.get("timestamp") == null) {
            return false;
        }
        if (!Numbers.put(draft.measures(), "value", 1, value, 0, value.length())) {
            return false;
        }
        draft.kind(EventKind.METRIC_SAMPLE).attribute("metric", metric);
        draft.entity(Entity.Level.RUN, fields.get("run_id"));
        return true;
    }

    private static void history(JsonFields fields, Draft draft) {
        for (String[] names : NAMES) {
            String value = first(fields, names);
            if (value != null) {
                Numbers.put(draft.measures(), names[0], 1, value, 0, value.length());
            }
        }
        String loss = first(fields, NAMES[1]);
        boolean evaluation = loss == null && first(fields, NAMES[2]) != null;
        draft.kind(evaluation ? EventKind.EVALUATION_RESULT : EventKind.TRAINING_STEP);
        if (loss != null && isNotFinite(loss)) {
            draft.severity(Severity.ERROR);
        }
    }

    /** {@code NaN}, {@code Infinity} and {@code -Infinity}, in quotes or bare. */
    private static boolean isNotFinite(String number) {
        return number.length() > 2 && Character.isLetter(number.charAt(1));
    }

    private static @Nullable String first(JsonFields fields, String[] names) {
        for (String name : names) {
            String value = fields.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
