package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.collect.mine.EventMiner;

/** A template as one JSON object on one line: id, text, types, lines, and the successor of one that was merged. */
final class TemplateJson {

    private TemplateJson() {}

    static String of(EventMiner.Found found) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("template", found.template().id())
                .put("format", found.format())
                .put("lines", found.lines())
                .put("text", found.template().text())
                .put("types", found.template().typed());
        if (found.successor() != null) {
            object.put("successor", found.successor().id())
                    .put("successor_text", found.successor().text());
        }
        return object.toString();
    }
}
