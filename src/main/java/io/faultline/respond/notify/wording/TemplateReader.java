package io.faultline.respond.notify.wording;

import io.faultline.respond.notify.channel.HttpUrl;
import io.faultline.respond.notify.wording.MessageTemplate.Kind;
import io.faultline.respond.notify.wording.MessageTemplate.Part;
import io.faultline.settings.CheckedYaml;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a template; what it does not say another one says. Whatever is wrong is told at once, with its line. */
final class TemplateReader {

    /** More parts than these nobody reads. */
    private static final int MAX_PARTS = 50;

    /** What a part can be repeated for. */
    private static final List<String> LISTS = FieldType.OF_A_MESSAGE.fields().entrySet().stream()
            .filter(field -> field.getValue() instanceof FieldType.Items)
            .map(Map.Entry::getKey)
            .toList();

    private final SettingsReader reader;
    private final MessageTemplate base;

    private TemplateReader(SettingsReader reader, MessageTemplate base) {
        this.reader = reader;
        this.base = base;
    }

    /**
     * Reads a template.
     *
     * @param name what problems call it: a file's path
     * @param base says what it does not
     * @param problems gets what is wrong, as {@code file:line: path: text}
     */
    static MessageTemplate read(String name, String text, MessageTemplate base, Problems problems) {
        return CheckedYaml.read(name, text, problems, reader -> new TemplateReader(reader, base).read(name));
    }

    private MessageTemplate read(String name) {
        String subject = reader.text("subject", base.subject());
        check(reader, "subject", subject, List.of(FieldType.OF_A_MESSAGE));
        if (subject.isBlank()) {
            reader.problem("subject", "is empty");
        }
        return new MessageTemplate(
                name,
                language(),
                texts("words", base.words(), List.of()),
                texts("counts", base.counts(), List.of(FieldType.OF_A_COUNT)),
                subject,
                reader.has("body") ? body() : base.body());
    }

    private String language() {
        String language = reader.text("language", base.language());
        if (!language.chars().allMatch(c -> c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)))) {
            reader.problem("language", "\"" + language + "\" is not as en, zh or pt-BR");
        }
        return language;
    }

    private Map<String, String> texts(String key, Map<String, String> absent, List<FieldType> known) {
        SettingsReader group = reader.group(key);
        Map<String, String> texts = new LinkedHashMap<>();
        absent.keySet().stream().sorted().forEach(word -> {
            String text = group.text(word, absent.getOrDefault(word, ""));
            check(group, word, text, known);
            texts.put(word, text);
        });
        return texts;
    }

    private List<Part> body() {
        List<SettingsReader> groups = reader.list("body");
        if (groups.size() > MAX_PARTS) {
            reader.problem("body", "has more than " + MAX_PARTS + " parts");
        }
        List<Part> body = new ArrayList<>();
        groups.forEach(group -> body.add(part(group)));
        return body;
    }

    private static Part part(SettingsReader part) {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> part.has(kind.key()))
                .toList();
        if (kinds.size() != 1) {
            part.problem(
                    "(part)", "has to be one of fact, text, link, list" + (kinds.isEmpty() ? "" : ", not several"));
            Arrays.stream(Kind.values()).forEach(kind -> {
                part.text(kind.key(), "");
                part.text(kind.content(), "");
            });
            part.text("each", "");
            part.text("end", "");
            return new Part(Kind.TEXT, "", "", "", "");
        }
        Kind kind = kinds.get(0);
        String name = kind == Kind.TEXT ? "" : part.requiredText(kind.key());
        check(part, kind.key(), name, List.of(FieldType.OF_A_MESSAGE));
        String each = kind == Kind.LIST ? part.requiredText("each") : part.text("each", "");
        String text = part.requiredText(kind.content());
        if (each.isEmpty()) {
            check(part, kind.content(), text, List.of(FieldType.OF_A_MESSAGE));
        } else if (FieldType.OF_A_MESSAGE.fields().get(each) instanceof FieldType.Items list) {
            check(part, kind.content(), text, List.of(FieldType.OF_A_MESSAGE, list.element()));
        } else {
            part.problem(
                    "each",
                    "\"" + each + "\" is not one of " + String.join(", ", LISTS) + NearestWord.hint(each, LISTS));
        }
        if (kind == Kind.LINK && !text.isEmpty() && !text.startsWith("{{") && !isUrl(text)) {
            part.problem("url", "is no http or https URL");
        }
        String end = kind == Kind.LIST ? part.text("end", "") : "";
        check(part, "end", end, List.of(FieldType.OF_A_MESSAGE));
        return new Part(kind, name, text, each, end);
    }

    private static void check(SettingsReader reader, String key, String text, List<FieldType> known) {
        TextCheck.check(text, known, problem -> reader.problem(key, problem));
    }

    private static boolean isUrl(String text) {
        return HttpUrl.isHttp(
                text.replace('{', '_').replace('}', '_').replace('#', '_').replace('^', '_'));
    }
}
