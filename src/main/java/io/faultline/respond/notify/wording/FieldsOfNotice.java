package io.faultline.respond.notify.wording;

import io.faultline.model.Cause;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Scope;
import io.faultline.respond.notify.channel.LinkSettings;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.TextLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a template can say from a notice.
 *
 * @param links where messages lead to
 * @param words the word of a key
 * @param spans the words of a time in seconds
 */
record FieldsOfNotice(LinkSettings links, UnaryOperator<String> words, LongFunction<String> spans) {

    /** Longer values push the rest out of a message of 4096 bytes. */
    static final int MAX_VALUE = 600;

    /** Who wants more opens the incident. */
    private static final int MAX_EVIDENCE = 3;

    private static final int MAX_ADVICE = 3;
    private static final int MAX_CHANGES = 2;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    Fields of(Notice notice) {
        Incident incident = notice.incident();
        boolean test = notice.reason() == NotifyReason.TEST;
        Entity where = where(incident);
        return new Fields(
                word(notice.reason()),
                test,
                incident.isDrill(),
                isOver(notice),
                line(incident.title()),
                word(incident.severity()),
                word(incident.state()),
                line(incident.id()),
                incident.revision(),
                notice.receiver(),
                line(where.toString()),
                parts(where),
                TIME.format(incident.startedAt()),
                TIME.format(incident.endedAt()),
                incident.alerts(),
                line(String.join(", ", incident.rules())),
                (int) Math.round(100 * incident.completeness()),
                origin(incident.cause()),
                common(incident.cause().scope()),
                loss(incident.cost()),
                incident.changes().stream().limit(MAX_CHANGES).map(this::before).toList(),
                evidence(incident),
                incident.responses().stream()
                        .limit(MAX_ADVICE)
                        .map(FieldsOfNotice::line)
                        .toList(),
                notice.others().stream().map(this::other).toList(),
                notice.more(),
                notice.others().size() + notice.more(),
                test ? links("", "", "", incident) : links(links.kibana(), links.runbook(), links.verdict(), incident));
    }

    static boolean isOver(Notice notice) {
        return notice.reason() == NotifyReason.RESOLVED || notice.reason() == NotifyReason.MERGED;
    }

    /** What is to blame, or the most exact thing that is known. */
    static Entity where(Incident incident) {
        Entity blamed = incident.cause().entity();
        boolean elsewhere =
                blamed.equals(Entity.UNKNOWN) && !incident.entities().isEmpty();
        return elsewhere ? incident.entities().get(0) : blamed;
    }

    static String line(String text) {
        return TextLine.cut(TextLine.of(text), MAX_VALUE);
    }

    private String word(Enum<?> constant) {
        return words.apply(Words.key(constant));
    }

    private static Fields.Parts parts(Entity entity) {
        return new Fields.Parts(
                part(entity.cluster()),
                part(entity.node()),
                part(entity.gpu()),
                part(entity.job()),
                part(entity.run()),
                part(entity.rank()),
                part(entity.service()),
                part(entity.model()),
                part(entity.replica()));
    }

    private static String part(@Nullable String value) {
        return value == null ? "" : line(value);
    }

    private Fields.Origin origin(Cause cause) {
        return new Fields.Origin(
                line(cause.title()),
                word(cause.category()),
                line(cause.kind()),
                word(cause.verdict()),
                line(String.join("; ", cause.because())),
                (int) Math.round(100 * cause.confidence()));
    }

    private static Fields.@Nullable Common common(Scope scope) {
        return scope.isKnown()
                ? new Fields.Common(
                        line(scope.level()),
                        line(scope.value()),
                        scope.affected(),
                        scope.members(),
                        scope.outside(),
                        String.format(Locale.ROOT, "%.0e", scope.pValue()))
                : null;
    }

    private static Fields.@Nullable Loss loss(Cost cost) {
        return cost.isKnown()
                ? new Fields.Loss(String.format(Locale.ROOT, "%.1f", cost.gpuHours()), cost.gpus(), cost.running())
                : null;
    }

    private Fields.Before before(Change change) {
        return new Fields.Before(
                line(change.text()),
                spans.apply(change.secondsBefore()),
                TIME.format(change.timestamp()),
                Words.key(change.kind()),
                line(change.origin().toString()));
    }

    /** The first line of each step: three lines of one step say less than one of each. */
    private static List<Fields.Line> evidence(Incident incident) {
        Map<String, Evidence> firsts = new LinkedHashMap<>();
        incident.evidence().forEach(line -> firsts.putIfAbsent(line.step(), line));
        return firsts.values().stream()
                .limit(MAX_EVIDENCE)
                .map(quoted -> new Fields.Line(
                        TIME.format(quoted.timestamp()),
                        line(quoted.origin().toString()),
                        line(quoted.text()),
                        line(quoted.step())))
                .toList();
    }

    private Fields.Other other(Incident incident) {
        return new Fields.Other(
                line(incident.title()), word(incident.severity()), word(incident.state()), line(incident.id()));
    }

    private static Fields.Links links(String logs, String runbook, String verdict, Incident incident) {
        return new Fields.Links(
                new Fields.Address(LinkSettings.filled(logs, incident)),
                new Fields.Address(LinkSettings.filled(runbook, incident)),
                new Fields.Address(LinkSettings.filled(verdict, incident)));
    }
}
