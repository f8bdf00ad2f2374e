package io.faultline.respond.notify.group;

import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.control.Silence;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.route.Labels;
import io.faultline.respond.notify.route.Route;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One group whose clock a test turns; it is looked at exactly when it says that it is due, as its timers would. */
final class GroupBench implements Group.People {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    final List<Told> told = new ArrayList<>();
    final List<Group.Quiet> quiets = new ArrayList<>();
    final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Instant> acknowledged = new HashMap<>();
    private final List<Silence> silences = new ArrayList<>();
    private final GroupSettings settings;
    private GroupState state;
    private long now = START.toEpochMilli();

    /**
     * @param at minutes after the start, rounded down
     * @param incidents what it is about, the worst first
     */
    record Told(long at, String receiver, String reason, String key, List<String> incidents) {}

    GroupBench(String route) {
        this(route, "{}");
    }

    GroupBench(String route, String rest) {
        Problems problems = new Problems();
        Route top = io.faultline.respond.notify.route.RouteSettings.read(
                        new SettingsReader(YamlFile.parse("a test", "route: " + route), problems, Map.of()),
                        List.of("ops", "lead", "head"),
                        Duration.ofDays(7))
                .route();
        List<ReceiverTerms> receivers = List.of(
                new ReceiverTerms("ops", Level.MEDIUM, true),
                new ReceiverTerms("lead", Level.MEDIUM, true),
                new ReceiverTerms("head", Level.MEDIUM, false));
        settings = GroupSettings.read(
                new SettingsReader(YamlFile.parse("a test", rest), problems, Map.of()),
                top,
                receivers,
                Duration.ofDays(7));
        problems.throwIfAny("the test's settings");
        state = new GroupState("0", "ops", 0, 0);
    }

    GroupBench incident(String id, int revision, Incident.State of, Level severity) {
        return incident(id, revision, of, severity, "");
    }

    GroupBench incident(String id, int revision, Incident.State of, Level severity, String inhibitedBy) {
        Group group = new Group(settings, state, members, this);
        group.take(sample(id, revision, of, severity), inhibitedBy, now);
        group.flush(now);
        keep(group);
        return this;
    }

    /** Lets time pass; the group is looked at whenever it wanted to be. */
    GroupBench pass(Duration time) {
        long until = now + time.toMillis();
        while (true) {
            long due = new Group(settings, state, members, this).nextDue(now);
            if (due > until) {
                break;
            }
            now = due;
            Group group = new Group(settings, state, members, this);
            group.flush(now);
            keep(group);
        }
        now = until;
        return this;
    }

    GroupBench end() {
        Group group = new Group(settings, state, members, this);
        group.end(now);
        keep(group);
        return this;
    }

    GroupBench acknowledge(String incident) {
        acknowledged.put(incident, Instant.ofEpochMilli(now));
        return this;
    }

    GroupBench silence(String document) {
        silences.add(Silence.parse(document));
        return this;
    }

    Instant now() {
        return Instant.ofEpochMilli(now);
    }

    /** {@code 15 lead ESCALATED a+b}. */
    List<String> lines() {
        return told.stream()
                .map(one ->
                        one.at() + " " + one.receiver() + " " + one.reason() + " " + String.join("+", one.incidents()))
                .toList();
    }

    @Override
    public Optional<Silence> silence(Labels labels, Instant at) {
        return silences.stream().filter(silence -> silence.covers(labels, at)).findFirst();
    }

    @Override
    public @Nullable Instant acknowledgedAt(String incident) {
        return acknowledged.get(incident);
    }

    private void keep(Group group) {
        state = group.state();
        quiets.addAll(group.quiets());
        for (Notice notice : group.notices()) {
            List<String> incidents = new ArrayList<>(List.of(notice.incident().id()));
            notice.others().forEach(other -> incidents.add(other.id()));
            told.add(new Told(
                    (now - START.toEpochMilli()) / 60_000,
                    notice.receiver(),
                    notice.reason().name(),
                    notice.key(),
                    incidents));
        }
    }

    static Incident sample(String id, int revision, Incident.State state, Level severity) {
        Entity node = Entity.ofNode("gpu-" + id);
        return new Incident(
                id,
                revision,
                state,
                "GPU fell off the bus on gpu-" + id,
                severity,
                START,
                START,
                new Cause(
                        CauseCategory.ENVIRONMENT, "gpu.xid", node, "Xid 79", 0.9, Cause.Verdict.CONFIRMED, List.of()),
                List.of(node),
                List.of("gpu-xid-critical"),
                List.of(),
                List.of(),
                1);
    }
}
