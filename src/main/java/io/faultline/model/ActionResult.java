package io.faultline.model;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What came of an order.
 *
 * @param action the action's id
 * @param cluster where its targets are
 * @param dryRun whether it was a dry run: then nothing changed
 * @param done whether all steps are done
 * @param at when it was over, by the executor's clock
 * @param executor who did it
 * @param detail what went wrong; empty where nothing did
 * @param steps what came of each step, in their order; those after a failure are not here
 */
public record ActionResult(
        String action,
        String cluster,
        boolean dryRun,
        boolean done,
        Instant at,
        String executor,
        String detail,
        @TypeInfo(Several.class) List<Step> steps) {

    public ActionResult {
        steps = List.copyOf(steps);
    }

    /**
     * What came of one step.
     *
     * @param step as {@link ActionStep#toString()}
     * @param done whether its target is as it should be
     * @param before how the target was
     * @param after how it is, or would be after a dry run
     */
    public record Step(String step, boolean done, String before, String after) {

        @Override
        public String toString() {
            return step + ": " + (before.equals(after) ? before : before + " -> " + after);
        }
    }

    /** {@code List<Step>}. */
    public static final class Several extends TypeInfoFactory<List<Step>> {
        @Override
        public TypeInformation<List<Step>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(Step.class));
        }
    }
}
