package io.faultline.model;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * One thing that an action does.
 *
 * @param kind what is done
 * @param target to what, with the word for it before its name: {@code node gpu-a1}, {@code pod chat-0}, {@code job
 *     train-llm}
 * @param argument the name of the webhook; empty for the other kinds
 */
public record ActionStep(Kind kind, String target, String argument) {

    /** The name without the word before it. */
    public String name() {
        return target.substring(target.indexOf(' ') + 1);
    }

    /** {@code cordon-node gpu-a1}, {@code webhook tickets for node gpu-a1}. */
    @Override
    public String toString() {
        return kind == Kind.WEBHOOK ? kind.id() + ' ' + argument + " for " + target : kind.id() + ' ' + name();
    }

    /** What can be done. */
    public enum Kind {
        /** No new pods come to the node. */
        CORDON_NODE(Entity.Level.NODE, "node"),
        /** No new pods come to the node, and those on it leave as their disruption budgets allow. */
        DRAIN_NODE(Entity.Level.NODE, "node"),
        /** Pods that do not tolerate it come no more to the node of a rank; what runs there goes on. */
        EXCLUDE_NODE(Entity.Level.NODE, "node"),
        /** The pod is evicted; what controls it makes a new one. */
        RESTART_POD(Entity.Level.REPLICA, "pod"),
        /** All pods of the job are evicted; what controls them makes new ones. */
        RESTART_JOB(Entity.Level.JOB, "job"),
        /** Another program is told to do something. */
        WEBHOOK(Entity.Level.CLUSTER, "");

        private final Entity.Level level;
        private final String word;

        Kind(Entity.Level level, String word) {
            this.level = level;
            this.word = word;
        }

        /** {@code cordon-node}, as playbooks and documents write it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The part of an entity that it is done to. */
        public Entity.Level level() {
            return level;
        }

        /** The word before the target's name; empty where a target may be anything. */
        public String word() {
            return word;
        }

        /**
         * The kind with this id.
         *
         * @throws IllegalArgumentException where there is none
         */
        public static Kind ofId(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** {@code List<ActionStep>}. */
    public static final class Several extends TypeInfoFactory<List<ActionStep>> {
        @Override
        public TypeInformation<List<ActionStep>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.LIST(Types.POJO(ActionStep.class));
        }
    }
}
