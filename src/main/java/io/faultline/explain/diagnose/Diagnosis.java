package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.CommonCause;
import io.faultline.explain.correlate.Story;
import io.faultline.model.Alert;
import io.faultline.model.Cause;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Fleet;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a story into an incident: what it comes from, how sure that is and why, and what to do. */
final class Diagnosis {

    /** An incident names this many things at most; a job on 500 nodes is named by its job. */
    private static final int MAX_ENTITIES = 50;

    /** Confidences are ranks, not measured shares: they order incidents by how much supports their cause. */
    private static final double CONFIRMED = 0.9;

    private static final double LIKELY = 0.6;
    private static final double UNKNOWN = 0.2;

    private final Fleet fleet;
    private final CommonCause commonCause;

    Diagnosis(Fleet fleet) {
        this.fleet = fleet;
        this.commonCause = new CommonCause(fleet);
    }

    /** A merged story becomes a merged incident without alerts whose title says where its alerts went. */
    Incident of(Story story) {
        List<Alert> alerts = story.alertList().stream()
                .sorted(Comparator.comparing(Alert::startsAt).thenComparing(Alert::fingerprint))
                .toList();
        Alert first = CauseFinder.find(alerts);
        Consequences consequences = Consequences.of(first, alerts);
        Found found = found(story, first, alerts, consequences);
        Cause cause = found.cause();
        String title = Headline.of(cause, first, consequences, found.further());
        return new Incident(
                story.id(),
                story.revision(),
                story.state(),
                story.isMerged() ? "Part of incident " + story.mergedInto() + ": " + title : title,
                alerts.stream().map(Alert::level).max(Comparator.naturalOrder()).orElse(Level.INFORMATIONAL),
                story.startedAt(),
                story.endedAt(),
                cause,
                entities(cause, alerts),
                KeyEvidence.distinct(alerts.stream().map(Alert::rule).toList()),
                responses(first, alerts),
                KeyEvidence.of(first, alerts),
                story.isMerged() ? 0 : story.count(),
                Parts.of(first, found.further(), alerts),
                List.of(),
                Cost.UNKNOWN,
                1);
    }

    /** Where a rule knows what to do, an anomaly's advice to look for what else happened is answered. */
    private static List<String> responses(Alert first, List<Alert> alerts) {
        return KeyEvidence.distinct(Stream.concat(Stream.of(first), alerts.stream())
                .filter(alert -> alert.kind() == first.kind())
                .map(Alert::response)
                .toList());
    }

    /** The cause, and what began by itself besides. */
    private record Found(Cause cause, List<Alert> further) {}

    private Found found(Story story, Alert first, List<Alert> alerts, Consequences consequences) {
        SilentRanks silent = SilentRanks.in(alerts);
        Cause.Verdict verdict = verdict(first, consequences, silent);
        String kind = kind(first);
        CommonPart common = CommonPart.of(alerts, first, commonCause)
                .or(() -> silent == null
                        ? CommonPart.NONE
                        : CommonPart.of(silent, nodesOf(silent, first, alerts), first, commonCause));
        // what many have in common is one cause, however long it takes until the last of them shows it
        List<Alert> further = common.scope().isKnown() ? List.of() : FurtherCauses.of(first, alerts);
        Cause cause = new Cause(
                first.category(),
                kind,
                entity(first, kind, silent, alerts),
                first.title(),
                confidence(verdict),
                verdict,
                Because.of(story, first, further, consequences, silent, common, verdict),
                common.scope());
        return new Found(cause, further);
    }

    private static Cause.Verdict verdict(Alert first, Consequences consequences, @Nullable SilentRanks silent) {
        boolean symptom = first.kind() == Alert.Kind.ANOMALY || first.role() == Alert.Role.SYMPTOM;
        if (symptom) {
            return silent == null ? Cause.Verdict.UNKNOWN : Cause.Verdict.LIKELY;
        }
        boolean confirmed = Depth.of(first) != Depth.SILENCE && consequences.confirm(first);
        return confirmed ? Cause.Verdict.CONFIRMED : Cause.Verdict.LIKELY;
    }

    private static double confidence(Cause.Verdict verdict) {
        return switch (verdict) {
            case CONFIRMED -> CONFIRMED;
            case LIKELY -> LIKELY;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** The kind of its deepest line; a stall started nothing. */
    private static String kind(Alert first) {
        Depth depth = Depth.of(first);
        return first.evidence().stream()
                .filter(line -> depth != Depth.SILENCE && Depth.of(line) == depth)
                .map(Evidence::kind)
                .map(EventKind::id)
                .findFirst()
                .orElse("unknown");
    }

    private Entity entity(Alert first, String kind, @Nullable SilentRanks silent, List<Alert> alerts) {
        Entity blamed = first.causeEntity().equals(Entity.UNKNOWN) ? first.entity() : first.causeEntity();
        if (silent == null || silent.ranks().cardinality() != 1 || !kind.equals(EventKind.COLLECTIVE_TIMEOUT.id())) {
            return blamed;
        }
        return located(blamed, silent.ranks().nextSetBit(0), alerts);
    }

    /** Another rank of the same job, with its node: by the inventory, or else by a line of the story that names both. */
    private Entity located(Entity of, int number, List<Alert> alerts) {
        // the node and GPU of the rank that complained are not those of the rank it waited for
        Entity rank = of.with(Entity.Level.NODE, null)
                .with(Entity.Level.GPU, null)
                .with(Entity.Level.RANK, String.valueOf(number));
        Entity known = fleet.located(rank);
        if (known.node() != null) {
            return known;
        }
        return alerts.stream()
                .flatMap(alert -> alert.evidence().stream().map(Evidence::entity))
                .filter(told -> told.node() != null
                        && Objects.equals(told.rank(), rank.rank())
                        && Objects.equals(told.job(), rank.job()))
                .findFirst()
                .map(told -> rank.with(Entity.Level.NODE, told.node()).with(Entity.Level.GPU, told.gpu()))
                .orElse(rank);
    }

    private Set<String> nodesOf(SilentRanks silent, Alert first, List<Alert> alerts) {
        Entity job = first.entity().or(first.causeEntity());
        return silent.ranks().stream()
                .mapToObj(rank -> located(job, rank, alerts).node())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static List<Entity> entities(Cause cause, List<Alert> alerts) {
        Stream<Entity> named = alerts.stream()
                .flatMap(alert -> Stream.concat(
                        Stream.of(alert.causeEntity(), alert.entity()),
                        alert.evidence().stream().map(Evidence::entity)));
        return Stream.concat(Stream.of(cause.entity()), named)
                .filter(entity -> !entity.equals(Entity.UNKNOWN))
                .distinct()
                .sorted(Comparator.comparing(Place::exactness).reversed())
                .limit(MAX_ENTITIES)
                .toList();
    }
}
