package io.faultline.respond.notify.wording;

import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.channel.LinkSettings;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.TextLine;
import io.faultline.respond.notify.wording.MessageTemplate.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A template that is ready to be filled, over and over and by several threads. */
final class FilledTemplate {

    private static final int MAX_SUBJECT = 200;

    /** Of a title that is cut at least this is left. */
    private static final int MIN_TITLE = 2;

    private final MessageTemplate template;
    private final FilledText subject;
    private final Map<String, FilledText> counts = new HashMap<>();
    private final List<Part> body;
    private final FieldsOfNotice fields;

    FilledTemplate(MessageTemplate template, LinkSettings links) {
        this.template = template;
        this.subject = FilledText.of(template.subject());
        template.counts().forEach((key, text) -> counts.put(key, FilledText.of(text)));
        this.body = template.body().stream().map(Part::of).toList();
        this.fields = new FieldsOfNotice(
                links,
                key -> template.words().getOrDefault(key, key),
                seconds -> count(Words.unit(seconds), Words.inUnit(seconds)));
    }

    /** A part of the body with its texts. */
    private record Part(MessageTemplate.Part part, FilledText name, FilledText text, FilledText end) {

        static Part of(MessageTemplate.Part part) {
            return new Part(
                    part,
                    FilledText.of(part.name()),
                    part.kind() == Kind.LINK ? FilledText.ofUrl(part.text()) : FilledText.of(part.text()),
                    FilledText.of(part.end()));
        }
    }

    Message message(Notice notice) {
        Fields values = fields.of(notice);
        List<Message.Part> parts = new ArrayList<>();
        body.forEach(part -> parts.addAll(filled(part, values)));
        return new Message(
                subject(values),
                template.language(),
                notice.incident().severity(),
                values.over(),
                values.where(),
                parts,
                "");
    }

    String count(String key, long count) {
        FilledText text = counts.get(key);
        return text == null ? Long.toString(count) : text.with(List.of(new Fields.Count(count)));
    }

    /** Where it is too long the title gives way, and what the template says around it stays. */
    private String subject(Fields values) {
        String whole = TextLine.of(subject.with(List.of(values)));
        if (whole.length() <= MAX_SUBJECT) {
            return whole;
        }
        int left = Math.max(MIN_TITLE, values.title().length() - (whole.length() - MAX_SUBJECT));
        Fields.Shorter title = new Fields.Shorter(TextLine.cut(values.title(), left));
        return TextLine.cut(TextLine.of(subject.with(List.of(values, title))), MAX_SUBJECT);
    }

    private static List<Message.Part> filled(Part part, Fields values) {
        List<String> lines = lines(part, values);
        String name = FieldsOfNotice.line(part.name().with(List.of(values)));
        return switch (part.part().kind()) {
            case FACT ->
                lines.stream()
                        .<Message.Part>map(line -> new Message.Fact(name, line))
                        .toList();
            case TEXT -> lines.stream().<Message.Part>map(Message.Sentence::new).toList();
            case LINK ->
                lines.stream()
                        .filter(HttpUrl::isHttp)
                        .<Message.Part>map(url -> new Message.Link(name, url))
                        .toList();
            case LIST -> lines.isEmpty() ? List.of() : List.of(new Message.Passage(name, lines, isQuoted(part)));
        };
    }

    /** What comes out empty is left out. */
    private static List<String> lines(Part part, Fields values) {
        String each = part.part().each();
        Stream<?> elements = each.isEmpty() ? Stream.of(values) : elements(each, values).stream();
        Stream<String> lines = elements.map(element -> part.text().with(List.of(values, element)));
        boolean isUrl = part.part().kind() == Kind.LINK;
        return Stream.concat(lines, Stream.of(part.end().with(List.of(values))))
                .filter(line -> !line.isBlank())
                .map(line -> isUrl ? line : FieldsOfNotice.line(line))
                .toList();
    }

    private static List<?> elements(String each, Fields values) {
        return switch (each) {
            case "changes" -> values.changes();
            case "evidence" -> values.evidence();
            case "advice" -> values.advice();
            case "others" -> values.others();
            default -> throw new IllegalArgumentException("no list: " + each);
        };
    }

    private static boolean isQuoted(Part part) {
        return part.part().each().equals("evidence");
    }
}
