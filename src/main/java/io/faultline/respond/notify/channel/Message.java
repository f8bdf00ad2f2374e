package io.faultline.respond.notify.channel;

import io.faultline.model.Cause;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A notice in words, ready for any channel that shows text: what, where, since when, why, the lines, what to do.
 *
 * @param subject one line, without line ends
 * @param facts name and value, in reading order
 * @param evidence name of the list and at most {@value #MAX_EVIDENCE} lines
 * @param advice name of the list and what to do
 */
public record Message(String subject, List<Fact> facts, Passage evidence, Passage advice) {

    /** Who wants more opens the incident. */
    public static final int MAX_EVIDENCE = 3;

    private static final int MAX_ADVICE = 3;
    private static final int MAX_SUBJECT = 200;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** One line of a message. */
    public record Fact(String name, String value) {}

    /** A list of a message; not shown where it has no lines. */
    public record Passage(String name, List<String> lines) {}

    public static Message of(Notice notice, Wording wording) {
        Language language = wording.language();
        Incident incident = notice.incident();
        Cause cause = incident.cause();
        String headline = "[" + Phrase.of(incident.severity()).in(language) + "] "
                + Phrase.of(notice.reason()).in(language) + ": " + TextLine.of(incident.title());
        List<Fact> facts = List.of(
                fact(Phrase.WHERE, language, where(incident)),
                fact(Phrase.SINCE, language, TIME.format(incident.startedAt())),
                fact(Phrase.UNTIL, language, TIME.format(incident.endedAt())),
                fact(Phrase.CAUSE, language, cause(cause, language)),
                fact(Phrase.INCIDENT, language, incident.id()));
        return new Message(
                TextLine.cut(headline, MAX_SUBJECT),
                facts,
                new Passage(Phrase.EVIDENCE.in(language), evidence(incident)),
                new Passage(
                        Phrase.WHAT_TO_DO.in(language),
                        incident.responses().stream()
                                .limit(MAX_ADVICE)
                                .map(TextLine::of)
                                .toList()));
    }

    /** The lines of the message below its subject. */
    public String text() {
        StringBuilder text = new StringBuilder();
        facts.forEach(fact ->
                text.append(fact.name()).append(": ").append(fact.value()).append('\n'));
        append(text, evidence);
        append(text, advice);
        return text.toString();
    }

    private static void append(StringBuilder text, Passage passage) {
        if (!passage.lines().isEmpty()) {
            text.append(passage.name()).append(":\n");
            passage.lines().forEach(line -> text.append("  - ").append(line).append('\n'));
        }
    }

    private static String cause(Cause cause, Language language) {
        String because = cause.because().isEmpty() ? "" : " — " + String.join("; ", cause.because());
        String sure = Phrase.of(cause.category()).in(language) + ", "
                + Phrase.of(cause.verdict()).in(language);
        return TextLine.of(cause.title() + " (" + sure + ")" + because);
    }

    private static String where(Incident incident) {
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
                .map(line -> TIME.format(line.timestamp()) + " " + line.origin() + " " + TextLine.of(line.text()))
                .toList();
    }

    private static Fact fact(Phrase name, Language language, String value) {
        return new Fact(name.in(language), value);
    }
}
