package io.faultline.detect.match.rule;

import io.faultline.model.Alert;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.Level;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it was read. It holds text and numbers only, so that it can be sent to every task; conditions are compiled
 * there.
 *
 * @param id its name; the file's name without {@code .yaml}
 * @param version from 1
 * @param title one line for people
 * @param status whether it has proven itself
 * @param level how urgent its alerts are
 * @param description what it looks for and why that is bad
 * @param groupBy what tells stories apart; each part takes the first of its alternatives that an event knows
 * @param exceptions conditions in CEL; an event that meets one of them is none of the rule's
 * @param suppress how long a group is quiet after an alert
 * @param resolve how its alerts end
 * @param category where the cause lies
 * @param role whether it starts a story or follows from one
 * @param causeFrom the step whose entity is to blame; empty for the group itself
 * @param response what to do
 * @param falsePositives when it is wrong
 * @param references where it comes from
 * @param onChange what becomes of its partial matches when another version of it is replaced by this one
 * @param limits what it may cost
 * @param pattern what it waits for
 */
public record RuleDefinition(
        String id,
        int version,
        String title,
        Status status,
        Level level,
        String description,
        List<GroupPart> groupBy,
        List<String> exceptions,
        Duration suppress,
        Resolution resolve,
        CauseCategory category,
        Alert.Role role,
        String causeFrom,
        String response,
        List<String> falsePositives,
        List<String> references,
        OnChange onChange,
        RuleLimits limits,
        RulePattern pattern)
        implements Serializable {

    /** Whether a rule has proven itself; Sigma's words. */
    public enum Status {
        STABLE,
        EXPERIMENTAL,
        /** Its alerts are stored, and nobody is told. */
        SHADOW
    }

    /** What becomes of the partial matches of the version before. */
    public enum OnChange {
        /** They go on, where that is sound. */
        KEEP,
        RESET
    }

    /**
     * One part of a group.
     *
     * @param alternatives the first of them that is known counts
     */
    public record GroupPart(List<Entity.Level> alternatives) implements Serializable {

        Entity.@Nullable Level known(Entity entity) {
            for (Entity.Level level : alternatives) {
                if (entity.get(level) != null) {
                    return level;
                }
            }
            return null;
        }
    }

    /** Whether it can see that an alert of it is over. */
    public boolean endsAlerts() {
        return resolve.hasCondition() || pattern.endsAlerts();
    }

    /** The event's group as {@code job=train-llm node=gpu-a1}; empty where it knows no part of it. */
    public String group(Entity entity) {
        String group = "";
        for (GroupPart part : groupBy) {
            Entity.Level level = part.known(entity);
            if (level != null) {
                String separator = group.isEmpty() ? "" : " ";
                group = group + separator + level.fieldName() + "=" + entity.get(level);
            }
        }
        return group;
    }

    /** Whether an entity has each part that tells groups apart. */
    public boolean knowsGroup(Entity entity) {
        return groupBy.stream().allMatch(part -> part.known(entity) != null);
    }

    /** Only the parts of an entity that make its group. */
    public Entity groupEntity(Entity entity) {
        Entity group = Entity.UNKNOWN.with(Entity.Level.CLUSTER, entity.cluster());
        for (GroupPart part : groupBy) {
            Entity.Level level = part.known(entity);
            group = level == null ? group : group.with(level, entity.get(level));
        }
        return group;
    }
}
