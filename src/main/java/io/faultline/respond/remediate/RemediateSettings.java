package io.faultline.respond.remediate;

import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is done about incidents: the group {@code respond.remediate}. Off until its topics are named.
 *
 * @param bootstrapServers as {@code broker-1:9092,broker-2:9092}
 * @param actionsTopic where actions go to, for executors and people
 * @param resultsTopic where executors say what came of them
 * @param playbooks what is done, none where it is off; the first that fits an incident's target has it
 * @param fleet how many nodes the clusters have that no inventory tells of
 * @param maxAge an incident whose latest evidence is older, by the clock of the machines, is only proposed for
 * @param approveWithin how long an action waits for an approval
 * @param answerWithin how long an order is good for
 * @param remember how long an action that is over is known
 * @param maxActions how many actions a cluster may have in memory
 */
public record RemediateSettings(
        String bootstrapServers,
        String actionsTopic,
        String resultsTopic,
        List<Playbook> playbooks,
        NodeCounts fleet,
        Duration maxAge,
        Duration approveWithin,
        Duration answerWithin,
        Duration remember,
        int maxActions)
        implements Serializable {

    public RemediateSettings {
        playbooks = List.copyOf(playbooks);
    }

    /** Off. */
    public static RemediateSettings defaults() {
        return new RemediateSettings(
                "",
                "",
                "",
                List.of(),
                NodeCounts.UNKNOWN,
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                Duration.ofDays(7),
                1000);
    }

    public static RemediateSettings read(SettingsReader reader) {
        RemediateSettings absent = defaults();
        String actions = reader.text("actions-topic", absent.actionsTopic);
        RemediateSettings read = new RemediateSettings(
                reader.text("bootstrap-servers", absent.bootstrapServers),
                actions,
                reader.text("results-topic", absent.resultsTopic),
                playbooks(reader, !actions.isEmpty()),
                fleet(reader),
                reader.duration("max-age", absent.maxAge),
                reader.duration("approve-within", absent.approveWithin),
                reader.duration("answer-within", absent.answerWithin),
                reader.duration("remember", absent.remember),
                reader.number("max-actions", absent.maxActions, 1, 100_000));
        if (read.isOn() && read.bootstrapServers.isEmpty()) {
            reader.problem("bootstrap-servers", "is missing, and actions-topic is set");
        }
        if (read.isOn() == read.resultsTopic.isEmpty()) {
            reader.problem("results-topic", "must be set together with actions-topic");
        }
        if (read.answerWithin.isZero()) {
            reader.problem("answer-within", "must be longer than 0s");
        }
        return read;
    }

    /** @param on whether they are used; where not, only what was written is checked */
    private static List<Playbook> playbooks(SettingsReader reader, boolean on) {
        String directory = reader.text("playbooks-directory", "");
        Set<String> disabled = new TreeSet<>(reader.texts("disabled", List.of()));
        if (!on && directory.isEmpty() && disabled.isEmpty()) {
            return List.of();
        }
        boolean there = directory.isEmpty() || Files.isDirectory(Path.of(directory));
        if (!there) {
            reader.problem("playbooks-directory", directory + " is not a directory");
        }
        Problems problems = new Problems();
        List<Playbook> all = Playbooks.of(there ? directory : "", Set.of(), problems);
        problems.all().forEach(problem -> reader.problem("playbooks-directory", problem));
        Set<String> ids = new TreeSet<>(all.stream().map(Playbook::id).toList());
        disabled.stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> reader.problem("disabled", "no playbook \"" + id + "\"" + NearestWord.hint(id, ids)));
        return all.stream()
                .filter(playbook -> !disabled.contains(playbook.id()))
                .toList();
    }

    private static NodeCounts fleet(SettingsReader reader) {
        Map<String, Integer> nodes = new TreeMap<>();
        for (SettingsReader cluster : reader.list("fleet")) {
            nodes.put(cluster.text("cluster", ""), cluster.number("nodes", 0, 0, 1_000_000));
        }
        return new NodeCounts(nodes);
    }

    /** Where the topics are, as Kafka's clients want it. */
    public Properties kafka() {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", bootstrapServers);
        return kafka;
    }

    public boolean isOn() {
        return !actionsTopic.isEmpty();
    }
}
