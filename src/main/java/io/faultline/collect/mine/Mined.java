package io.faultline.collect.mine;

import java.util.List;

/**
 * What a line was found to be.
 *
 * @param template what it has in common with the lines like it
 * @param values what stands where the template has its wild-cards, in their order
 * @param changes what the line changed: first the template that is new, then those that went into it; mostly empty
 */
public record Mined(Template template, List<Value> values, List<TemplateChange> changes) {

    public Mined {
        values = List.copyOf(values);
        changes = List.copyOf(changes);
    }
}
