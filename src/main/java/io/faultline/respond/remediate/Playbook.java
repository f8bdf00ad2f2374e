package io.faultline.respond.remediate;

import io.faultline.model.ActionStep;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do about incidents of one kind, and within which bounds.
 *
 * @param id its file's name
 * @param title one line for people
 * @param when which incidents it is for
 * @param steps what to do, in this order
 * @param approval whether a person has to say yes before anything changes
 * @param dryRun whether it ends with the dry run
 * @param lasting whether the fault goes on though nothing more is written of it, so that the incident's end calls nothing off
 * @param coolDown how long after an order none of its actions touches the same target again
 * @param maxShare 0…1, the share of the cluster's nodes that may be touched, by whatever playbook, within {@code per}
 * @param per the time for that share
 * @param verifyWithin how long the incident may go on after the action is done
 */
public record Playbook(
        String id,
        String title,
        When when,
        List<Step> steps,
        boolean approval,
        boolean dryRun,
        boolean lasting,
        Duration coolDown,
        double maxShare,
        Duration per,
        Duration verifyWithin)
        implements Serializable {

    public Playbook {
        steps = List.copyOf(steps);
    }

    /**
     * A step without its target.
     *
     * @param webhook which one; empty for the other kinds
     */
    public record Step(ActionStep.Kind kind, String webhook) implements Serializable {}

    /**
     * Which incidents. An empty list asks for nothing.
     *
     * @param causes kinds of the event that it comes from, as {@code gpu.xid}
     * @param categories where the cause lies
     * @param verdicts how sure the cause must be
     * @param severity how urgent it must be at least
     * @param rules one of them must have fired
     * @param has the parts that the cause's entity must have
     */
    public record When(
            List<String> causes,
            List<CauseCategory> categories,
            List<Cause.Verdict> verdicts,
            Level severity,
            List<String> rules,
            List<Entity.Level> has)
            implements Serializable {

        public When {
            causes = List.copyOf(causes);
            categories = List.copyOf(categories);
            verdicts = List.copyOf(verdicts);
            rules = List.copyOf(rules);
            has = List.copyOf(has);
        }

        boolean matches(Incident incident) {
            Cause cause = incident.cause();
            return (causes.isEmpty() || causes.contains(cause.kind()))
                    && (categories.isEmpty() || categories.contains(cause.category()))
                    && verdicts.contains(cause.verdict())
                    && incident.severity().atLeast(severity)
                    && (rules.isEmpty() || rules.stream().anyMatch(incident.rules()::contains))
                    && has.stream().allMatch(level -> cause.entity().get(level) != null);
        }
    }

    /** What it would do about an incident; nothing where it is not for it or the cause has no such part. */
    List<ActionStep> stepsFor(Incident incident) {
        if (!when.matches(incident)) {
            return List.of();
        }
        List<ActionStep> found = new ArrayList<>();
        for (Step step : steps) {
            String target = target(step.kind(), incident);
            if (target.isEmpty()) {
                return List.of();
            }
            found.add(new ActionStep(step.kind(), target, step.webhook()));
        }
        return found;
    }

    private static String target(ActionStep.Kind kind, Incident incident) {
        Entity entity = incident.cause().entity();
        if (kind == ActionStep.Kind.WEBHOOK) {
            return anything(entity, incident.id());
        }
        String name = entity.get(kind.level());
        return name == null ? "" : kind.word() + ' ' + name;
    }

    /** The thing that a person would go to. */
    private static String anything(Entity entity, String incident) {
        if (entity.node() != null) {
            return "node " + entity.node();
        }
        if (entity.replica() != null) {
            return "pod " + entity.replica();
        }
        return entity.job() != null ? "job " + entity.job() : "incident " + incident;
    }
}
