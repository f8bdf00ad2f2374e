package io.faultline.collect.mine;

import org.jspecify.annotations.Nullable;

/**
 * A template that is new, or one that went into a wider one.
 *
 * @param template what is new, or is no more
 * @param successor the one that has its lines from now on; null where the template is new
 */
public record TemplateChange(Template template, @Nullable Template successor) {

    static TemplateChange added(Template template) {
        return new TemplateChange(template, null);
    }

    static TemplateChange merged(Template template, Template successor) {
        return new TemplateChange(template, successor);
    }

    public boolean isNew() {
        return successor == null;
    }
}
