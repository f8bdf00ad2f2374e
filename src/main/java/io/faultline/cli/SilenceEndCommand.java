package io.faultline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code silence end}: people are told again. */
@Command(
        name = "end",
        description = "Ends silences before their time; what is still open then is told.",
        footer = {"", "Example:", "  faultline silence end s-0f3a5c7e --config flink-conf/job.yaml"})
final class SilenceEndCommand extends SayingCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Their names.")
    private List<String> ids = List.of();

    SilenceEndCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        super(control, clock);
    }

    @Override
    void prepare(ControlRecords known, Instant now, Problems problems) throws IOException {
        Map<String, String> silences = known.read("silence/");
        List<String> names = silences.keySet().stream()
                .map(key -> key.substring("silence/".length()))
                .toList();
        for (String id : ids) {
            String silence = silences.get("silence/" + id);
            if (silence == null) {
                problems.add(id, "there is no such silence" + NearestWord.hint(id, names));
                continue;
            }
            // kept with its end, not taken out: the record says who ended it
            ObjectNode ended = (ObjectNode) JSON.readTree(silence);
            ended.setAll(document(now));
            ended.put("ends", now.toString());
            if (reason().isBlank()) {
                ended.put("reason", "ended before its time");
            }
            send("silence/" + id, ended.toString(), id + ": ended by " + author());
        }
    }
}
