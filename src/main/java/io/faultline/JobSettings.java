package io.faultline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultline.collect.assess.AssessSettings;
import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.enrich.EnrichSettings;
import io.faultline.collect.mine.MineSettings;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.redact.RedactSettings;
import io.faultline.collect.source.SourceSettings;
import io.faultline.detect.match.MatchSettings;
import io.faultline.detect.score.ScoreSettings;
import io.faultline.detect.summarize.SummarizeSettings;
import io.faultline.explain.account.AccountSettings;
import io.faultline.explain.context.ContextSettings;
import io.faultline.explain.correlate.CorrelateSettings;
import io.faultline.explain.follow.FollowSettings;
import io.faultline.respond.notify.NotifySettings;
import io.faultline.respond.remediate.RemediateSettings;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import io.faultline.store.StoreSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every step's settings; the groups of {@code job.yaml} are the packages. */
record JobSettings(
        SourceSettings source,
        DecodeSettings decode,
        ParseSettings parse,
        RedactSettings redact,
        EnrichSettings enrich,
        AssessSettings assess,
        MineSettings mine,
        EventTimeSettings eventTime,
        SummarizeSettings summarize,
        ScoreSettings score,
        MatchSettings match,
        AccountSettings account,
        ContextSettings context,
        CorrelateSettings correlate,
        FollowSettings follow,
        NotifySettings notifications,
        RemediateSettings remediate,
        StoreSettings store) {

    static JobSettings defaults() {
        return read("the defaults", MissingNode.getInstance(), Map.of());
    }

    /** The settings of a file, or the defaults where there is none. */
    static JobSettings of(@Nullable Path file, Map<String, String> environment) {
        return file == null ? defaults() : read(file, YamlFile.read(file), environment);
    }

    /**
     * Reads a whole tree.
     *
     * @param name what problems call it
     * @throws io.faultline.settings.SettingsException with all problems
     */
    static JobSettings read(String name, JsonNode tree, Map<String, String> environment) {
        Problems problems = new Problems();
        return whole(name, new SettingsReader(tree, problems, environment), problems);
    }

    private static JobSettings read(Path file, JsonNode tree, Map<String, String> environment) {
        Problems problems = new Problems();
        return whole(file.toString(), new SettingsReader(tree, problems, environment, file), problems);
    }

    private static JobSettings whole(String name, SettingsReader top, Problems problems) {
        JobSettings settings = read(top);
        top.finish();
        problems.throwIfAny(name);
        return settings;
    }

    /** Reads all groups; what is wrong is put to the reader's problems. */
    static JobSettings read(SettingsReader top) {
        SettingsReader collect = top.group("collect");
        SettingsReader detect = top.group("detect");
        SettingsReader explain = top.group("explain");
        SettingsReader respond = top.group("respond");
        return new JobSettings(
                SourceSettings.read(collect.group("source")),
                DecodeSettings.read(collect.group("decode")),
                ParseSettings.read(collect.group("parse")),
                RedactSettings.read(collect.group("redact")),
                EnrichSettings.read(collect.group("enrich")),
                AssessSettings.read(collect.group("assess")),
                MineSettings.read(collect.group("mine")),
                EventTimeSettings.read(collect.group("event-time")),
                SummarizeSettings.read(detect.group("summarize")),
                ScoreSettings.read(detect.group("score")),
                MatchSettings.read(detect.group("match")),
                AccountSettings.read(explain.group("account")),
                ContextSettings.read(explain.group("context")),
                CorrelateSettings.read(explain.group("correlate")),
                FollowSettings.read(explain.group("follow")),
                NotifySettings.read(respond.group("notify")),
                RemediateSettings.read(respond.group("remediate")),
                StoreSettings.read(top.group("store")));
    }

    /** Tells a job that would read nothing. */
    void checkInput(Problems problems) {
        if (source.files().paths().isEmpty() && !source.kafka().isOn()) {
            problems.add(
                    "collect.source", "names no input; set files.paths or kafka.bootstrap-servers and kafka.topics");
        }
        if (enrich.hasTopic() && !source.kafka().isOn()) {
            problems.add(
                    "collect.enrich.inventory-topic",
                    "is read from the Kafka of the logs; set collect.source.kafka.bootstrap-servers");
        }
        if (remediate.isOn() && !match.hasTopic()) {
            problems.add(
                    "respond.remediate.actions-topic",
                    "needs detect.match.rules-topic as well: approvals come over the control topic");
        }
        if (match.hasTopic() && !source.kafka().isOn()) {
            problems.add(
                    "detect.match.rules-topic",
                    "is read from the Kafka of the logs; set collect.source.kafka.bootstrap-servers");
        }
    }
}
