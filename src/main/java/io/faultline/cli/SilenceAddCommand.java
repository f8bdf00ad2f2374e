package io.faultline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.respond.control.Silence;
import io.faultline.settings.Problems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code silence add}: who is not told for a time. */
@Command(
        name = "add",
        description = {
            "Keeps the incidents quiet on which all conditions hold. Conditions are Alertmanager's: LABEL=VALUE,",
            "LABEL!=VALUE, LABEL=~EXPRESSION, LABEL!~EXPRESSION; labels are severity, category, cause, verdict, rule,",
            "incident, cluster, node, gpu, job, run, rank, service, model and replica."
        },
        footer = {
            "",
            "Example:",
            "  faultline silence add node=gpu-a1 --for 2h --reason \"replacing the riser\" --config flink-conf/job.yaml",
            "  faultline silence add 'job=~\"sft-.*\"' --weekly \"sat,sun 02:00-04:00\" --time-zone Asia/Shanghai"
                    + " --reason firmware --config flink-conf/job.yaml"
        })
final class SilenceAddCommand extends SayingCommand {

    private static final Pattern WEEKLY = Pattern.compile("([a-z,]+) +(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

    @Parameters(arity = "1..*", paramLabel = "CONDITION", description = "What has to hold.")
    private List<String> matchers = List.of();

    @Option(names = "--id", paramLabel = "NAME", description = "Its name (default: made from what it says).")
    private String id = "";

    @Option(names = "--for", paramLabel = "DURATION", description = "How long, as 2h.")
    private @Nullable String length;

    @Option(names = "--until", paramLabel = "TIME", description = "Until when, as 2026-03-01T12:00:00Z.")
    private @Nullable String until;

    @Option(names = "--weekly", paramLabel = "TIMES", description = "Each week, as \"sat,sun 02:00-04:00\".")
    private @Nullable String weekly;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Whose clock --weekly means (default: UTC).")
    private String zone = "UTC";

    SilenceAddCommand(Function<RuleControlOptions, ControlRecords> control, Clock clock) {
        super(control, clock);
    }

    @Override
    void prepare(ControlRecords known, Instant now, Problems problems) {
        ObjectNode document = document(now);
        ArrayNode conditions = document.putArray("matchers");
        matchers.forEach(conditions::add);
        document.put("starts", now.toString());
        if (length != null && until != null) {
            problems.add("--for", "and --until are both given: which?");
        }
        if (length != null) {
            Duration duration = TypedTimes.duration("--for", length, "2h, 30m or 7d", problems);
            document.put("ends", now.plus(duration).toString());
        } else if (until != null) {
            document.put("ends", TypedTimes.instant(until, problems).toString());
        }
        putWeekly(document, problems);
        String name = id.isEmpty()
                ? "s-" + HexFormat.of().toHexDigits(Objects.hash(matchers, weekly, author(), now.toString()))
                : id;
        document.put("id", name);
        if (reason().isBlank()) {
            problems.add("--reason", "is missing: who is not told wants to know why");
        }
        try {
            if (problems.isEmpty()) {
                var unused = Silence.parse(document.toString());
            }
        } catch (IllegalArgumentException e) {
            problems.add("the silence", String.valueOf(e.getMessage()));
        }
        send("silence/" + name, document.toString(), name + ": silent for " + String.join(", ", matchers));
    }

    private void putWeekly(ObjectNode document, Problems problems) {
        if (weekly == null) {
            return;
        }
        Matcher form = WEEKLY.matcher(weekly);
        if (!form.matches()) {
            problems.add("--weekly", "\"" + weekly + "\" is no time of the week as \"sat,sun 02:00-04:00\"");
            return;
        }
        ObjectNode times = document.putObject("weekly");
        ArrayNode days = times.putArray("days");
        List.of(form.group(1).split(",", -1)).forEach(days::add);
        times.put("from", form.group(2)).put("to", form.group(3)).put("time-zone", zone);
    }
}
