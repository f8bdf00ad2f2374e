package io.faultline.respond.notify.channel;

import io.faultline.model.Cause;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Scope;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A notice in words, ready for any channel that shows text: what, where, since when, why, what it costs, the lines, what
 * to do, where to go on. No text in it has a line end.
 *
 * @param subject one line
 * @param severity how urgent it is
 * @param over whether it tells an end
 * @param facts name and value, in reading order
 * @param links where to go on
 * @param evidence name of the list and at most {@value #MAX_EVIDENCE} lines
 * @param advice name of the list and what to do
 * @param others name of the list and the other incidents that are told with it, a line each
 */
public record Message(
        String subject,
        Level severity,
        boolean over,
        List<Fact> facts,
        List<Link> links,
        Passage evidence,
        Passage advice,
        Passage others) {

    /** Who wants more opens the incident. */
    public static final int MAX_EVIDENCE = 3;

    private static final int MAX_ADVICE = 3;
    private static final int MAX_CHANGES = 2;
    private static final int MAX_SUBJECT = 200;

    /** Longer values push the rest out of a message of 4096 bytes. */
    private static final int MAX_VALUE = 600;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    public Message {
        facts = List.copyOf(facts);
        links = List.copyOf(links);
    }

    /** One line of a message. */
    public record Fact(String name, String value) {}

    /** A place to go on, with its name. */
    public record Link(String name, String url) {}

    /** A list of a message; not shown where it has no lines. */
    public record Passage(String name, List<String> lines) {

        public Passage {
            lines = List.copyOf(lines);
        }
    }

    public static Message of(Notice notice, Wording wording) {
        Incident incident = notice.incident();
        Language language = wording.language();
        boolean test = notice.reason() == NotifyReason.TEST;
        boolean over = notice.reason() == NotifyReason.RESOLVED || notice.reason() == NotifyReason.MERGED;
        return new Message(
                subject(notice, language),
                incident.severity(),
                over,
                facts(notice, wording),
                test ? List.of() : links(incident, wording),
                new Passage(Phrase.EVIDENCE.in(language), evidence(incident)),
                new Passage(Phrase.WHAT_TO_DO.in(language), advice(incident)),
                new Passage(Phrase.ALSO.in(language), others(notice, language)));
    }

    /** The lines of the message below its subject, the most important first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        facts.forEach(fact -> lines.add(fact.name() + ": " + fact.value()));
        links.forEach(link -> lines.add(link.name() + ": " + link.url()));
        passages().forEach(passage -> {
            lines.add(passage.name() + ":");
            passage.lines().forEach(line -> lines.add("  - " + line));
        });
        return lines;
    }

    /** The lines as one text. */
    public String text() {
        return String.join("\n", lines()) + "\n";
    }

    /** The lists that have lines, in reading order. */
    public List<Passage> passages() {
        return List.of(evidence, advice, others).stream()
                .filter(passage -> !passage.lines().isEmpty())
                .toList();
    }

    private static String subject(Notice notice, Language language) {
        boolean test = notice.reason() == NotifyReason.TEST;
        boolean drill = notice.incident().isDrill();
        Phrase mark = test
                ? Phrase.TEST
                : drill ? Phrase.DRILL : Phrase.of(notice.incident().severity());
        String what = test ? "" : Phrase.of(notice.reason()).in(language) + ": ";
        int others = notice.others().size() + notice.more();
        String also = others == 0 ? "" : " (" + Phrase.MORE_INCIDENTS.in(language, others) + ")";
        String word = mark.in(language);
        String marked = "[" + (test || drill ? word.toUpperCase(Locale.ROOT) : word) + "] ";
        String title = TextLine.of(notice.incident().title());
        return marked + TextLine.cut(what + title, MAX_SUBJECT - marked.length() - also.length()) + also;
    }

    private static List<Fact> facts(Notice notice, Wording wording) {
        Incident incident = notice.incident();
        Language language = wording.language();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(Phrase.WHERE, language, where(incident)));
        facts.add(fact(Phrase.SINCE, language, TIME.format(incident.startedAt())));
        facts.add(fact(Phrase.UNTIL, language, TIME.format(incident.endedAt())));
        facts.add(fact(Phrase.CAUSE, language, cause(incident.cause(), language)));
        if (incident.cause().scope().isKnown()) {
            facts.add(fact(Phrase.IN_COMMON, language, scope(incident.cause().scope(), language)));
        }
        if (incident.cost().isKnown()) {
            facts.add(fact(Phrase.COST, language, cost(incident.cost(), language)));
        }
        incident.changes().stream()
                .limit(MAX_CHANGES)
                .forEach(change -> facts.add(fact(Phrase.CHANGED, language, change(change, language))));
        facts.add(fact(Phrase.INCIDENT, language, incident.id()));
        if (wording.links().verdict().isEmpty() && notice.reason() != NotifyReason.TEST) {
            facts.add(fact(Phrase.VERDICT, language, "faultline verdict " + incident.id() + " right|wrong|noise"));
        }
        return facts;
    }

    private static List<Link> links(Incident incident, Wording wording) {
        List<Link> links = new ArrayList<>();
        LinkSettings templates = wording.links();
        Map<Phrase, String> named = new LinkedHashMap<>();
        named.put(Phrase.LOGS, templates.kibana());
        named.put(Phrase.RUNBOOK, templates.runbook());
        named.put(Phrase.VERDICT, templates.verdict());
        named.forEach((phrase, template) -> {
            if (!template.isEmpty()) {
                links.add(new Link(phrase.in(wording.language()), LinkSettings.filled(template, incident)));
            }
        });
        return links;
    }

    private static String cause(Cause cause, Language language) {
        String because = cause.because().isEmpty() ? "" : " — " + String.join("; ", cause.because());
        String sure = Phrase.of(cause.category()).in(language) + ", "
                + Phrase.of(cause.verdict()).in(language);
        return cause.title() + " (" + sure + ")" + because;
    }

    private static String scope(Scope scope, Language language) {
        String share = Phrase.SHARE.in(language, scope.affected(), scope.members(), scope.level(), scope.value());
        String elsewhere = scope.outside() == 0 ? "" : Phrase.ELSEWHERE.in(language, scope.outside());
        return share + elsewhere + String.format(Locale.ROOT, ", p = %.0e", scope.pValue());
    }

    private static String cost(Cost cost, Language language) {
        String hours = String.format(Locale.ROOT, "%.1f", cost.gpuHours());
        return Phrase.GPU_HOURS.in(language, hours, cost.gpus()) + (cost.running() ? Phrase.SO_FAR.in(language) : "");
    }

    private static String change(Change change, Language language) {
        return Phrase.BEFORE.in(language, change.text(), span(change.secondsBefore(), language));
    }

    /** {@code 42 s}, {@code 7 min}, {@code 3 h}, {@code 2 d}: nobody needs it more exactly. */
    private static String span(long seconds, Language language) {
        if (seconds < 120) {
            return Phrase.SECONDS.in(language, seconds);
        }
        if (seconds < 7200) {
            return Phrase.MINUTES.in(language, seconds / 60);
        }
        return seconds < 172_800
                ? Phrase.HOURS.in(language, seconds / 3600)
                : Phrase.DAYS.in(language, seconds / 86_400);
    }

    static String where(Incident incident) {
        Entity blamed = incident.cause().entity();
        boolean elsewhere =
                blamed.equals(Entity.UNKNOWN) && !incident.entities().isEmpty();
        return TextLine.of((elsewhere ? incident.entities().get(0) : blamed).toString());
    }

    /** The first line of each step: three lines of one step say less than one of each. */
    private static List<String> evidence(Incident incident) {
        Map<String, Evidence> firsts = new LinkedHashMap<>();
        incident.evidence().forEach(line -> firsts.putIfAbsent(line.step(), line));
        return firsts.values().stream()
                .limit(MAX_EVIDENCE)
                .map(line -> line(TIME.format(line.timestamp()) + " " + line.origin() + " " + line.text()))
                .toList();
    }

    private static List<String> advice(Incident incident) {
        return incident.responses().stream()
                .limit(MAX_ADVICE)
                .map(Message::line)
                .toList();
    }

    private static List<String> others(Notice notice, Language language) {
        List<String> lines = new ArrayList<>();
        notice.others()
                .forEach(other -> lines.add(line("["
                        + Phrase.of(other.severity()).in(language) + ", "
                        + Phrase.of(other.state()).in(language) + "] " + other.title() + " (" + other.id() + ")")));
        if (notice.more() > 0) {
            lines.add(Phrase.MORE_INCIDENTS.in(language, notice.more()));
        }
        return lines;
    }

    private static Fact fact(Phrase name, Language language, String value) {
        return new Fact(name.in(language), line(value));
    }

    private static String line(String text) {
        return TextLine.cut(TextLine.of(text), MAX_VALUE);
    }
}
