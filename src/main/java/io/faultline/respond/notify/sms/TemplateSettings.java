package io.faultline.respond.notify.sms;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.util.List;

/**
 * The text that a provider in China has approved; only its variables are ours.
 *
 * @param signName the approved signature before the text
 * @param template the approved template's id
 * @param variables its variables, of severity, title, where and incident; by position where the provider counts them
 * @param maxVariable how long a variable may be
 */
public record TemplateSettings(String signName, String template, List<String> variables, int maxVariable)
        implements Serializable {

    public TemplateSettings {
        variables = List.copyOf(variables);
    }

    static TemplateSettings read(SettingsReader reader) {
        TemplateSettings read = new TemplateSettings(
                reader.requiredText("sign-name"),
                reader.requiredText("template"),
                reader.texts("variables", SmsText.NAMES),
                reader.number("max-variable", 35, 4, 500));
        read.variables.stream()
                .filter(name -> !SmsText.NAMES.contains(name))
                .forEach(name -> reader.problem(
                        "variables", "\"" + name + "\" is not one of " + String.join(", ", SmsText.NAMES)));
        return read;
    }
}
