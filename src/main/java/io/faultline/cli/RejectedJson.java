package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.model.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What could not be used, as one JSON object on one line: stage, reason, origin, detail and the input itself. */
final class RejectedJson {

    private RejectedJson() {}

    static String of(Rejected rejected) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("stage", rejected.stage())
                .put("reason", rejected.reason().name().toLowerCase(Locale.ROOT))
                .put("file", rejected.origin().name())
                .put("line", rejected.origin().position())
                .put("detail", rejected.detail())
                .put("payload", new String(rejected.payload(), StandardCharsets.UTF_8))
                .toString();
    }
}
