package io.faultline.respond.notify.wording;

import io.faultline.respond.notify.channel.Language;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The templates that Faultline brings, one a language. */
public final class ShippedTemplates {

    private static final Map<Language, MessageTemplate> TEMPLATES =
            Stream.of(Language.values()).collect(Collectors.toMap(Function.identity(), ShippedTemplates::read));

    private ShippedTemplates() {}

    public static MessageTemplate of(Language language) {
        return Objects.requireNonNull(TEMPLATES.get(language), "a template for each language");
    }

    /** The template as it is written, to be copied and changed. */
    public static String text(Language language) {
        String resource = "/messages/" + language.id() + ".yaml";
        try (InputStream stream = ShippedTemplates.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static MessageTemplate read(Language language) {
        Problems problems = new Problems();
        MessageTemplate nothing = new MessageTemplate("", "", empty(Words.KEYS), empty(Words.COUNTS), "", List.of());
        MessageTemplate read = TemplateReader.read(language.id() + ".yaml", text(language), nothing, problems);
        problems.throwIfAny("the shipped templates");
        return read;
    }

    private static Map<String, String> empty(List<String> keys) {
        return keys.stream().collect(Collectors.toMap(Function.identity(), key -> ""));
    }
}
