package io.faultline.respond.notify.wording;

import io.faultline.respond.notify.channel.Language;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import io.faultline.settings.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads a person's own template from its file. */
public final class TemplateFile {

    private TemplateFile() {}

    /**
     * Reads a template; where there are problems the shipped one comes back.
     *
     * @param language of the shipped template, which says what this one does not
     * @param problems gets what is wrong, as {@code file:line: path: text}
     */
    public static MessageTemplate read(Path file, Language language, Consumer<String> problems) {
        MessageTemplate shipped = ShippedTemplates.of(language);
        Problems found = new Problems();
        MessageTemplate read = shipped;
        try {
            read = TemplateReader.read(file.toString(), YamlFile.text(file), shipped, found);
        } catch (SettingsException e) {
            found.addAll(List.of(file + ": " + String.join("; ", e.problems())));
        }
        found.all().forEach(problems);
        return found.isEmpty() ? read : shipped;
    }
}
