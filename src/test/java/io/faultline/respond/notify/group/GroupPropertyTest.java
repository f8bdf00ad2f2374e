package io.faultline.respond.notify.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident.State;
import io.faultline.model.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of who is told what, whatever happens in whatever order. */
class GroupPropertyTest {

    private static final String ROUTE =
            "{receiver: ops, group-by: [cluster], group-wait: 30s, group-interval: 2m, repeat-interval: 1h,"
                    + " escalate: [{after: 10m, receiver: lead}, {after: 25m, receiver: head}]}";

    private static final List<String> IDS = List.of("a", "b", "c");

    /** What may happen. Each incident counts its own revisions. */
    private enum What {
        OPENS,
        WORSENS,
        RESOLVES,
        ACKNOWLEDGED,
        SILENCED
    }

    record Step(What what, int incident, int minutes) {}

    @Property(tries = 400)
    void neverTellsAnEndWithoutABeginningNorTwoBeginningsWithoutAnEnd(@ForAll("steps") List<Step> steps) {
        GroupBench group = run(steps);

        Map<String, Boolean> open = new HashMap<>();
        for (News told : news(group)) {
            String about = told.receiver() + "/" + told.incident();
            boolean before = open.getOrDefault(about, false);
            switch (told.reason()) {
                case "OPENED", "REOPENED" -> {
                    assertThat(before).as("two beginnings: %s", group.lines()).isFalse();
                    open.put(about, true);
                }
                case "ESCALATED" -> open.put(about, true);
                case "RESOLVED" -> {
                    assertThat(before)
                            .as("an end without a beginning: %s", group.lines())
                            .isTrue();
                    open.put(about, false);
                }
                default ->
                    assertThat(before)
                            .as("news of what is not open: %s", group.lines())
                            .isTrue();
            }
        }
    }

    @Property(tries = 400)
    void neverTellsTheSameTwice(@ForAll("steps") List<Step> steps) {
        GroupBench group = run(steps);

        assertThat(group.told).extracting(GroupBench.Told::key).doesNotHaveDuplicates();
    }

    @Property(tries = 400)
    void tellsEveryEndOnceToEverybodyWhoWasTold(@ForAll("steps") List<Step> steps) {
        GroupBench group = run(steps);
        int revision = 1000;
        for (String id : IDS) {
            group.incident(id, revision++, State.RESOLVED, Level.HIGH);
        }
        group.pass(Duration.ofHours(3));

        Map<String, Integer> balance = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (News one : news(group)) {
            String about = one.receiver() + "/" + one.incident();
            if (one.reason().equals("RESOLVED")) {
                balance.merge(about, -1, Integer::sum);
                told.remove(about);
            } else if (told.add(about)) {
                balance.merge(about, 1, Integer::sum);
            }
        }
        balance.forEach((about, left) -> {
            if (!about.startsWith("head/")) { // who does not want to hear of ends
                assertThat(left).as("%s of %s", about, group.lines()).isZero();
            }
        });
    }

    @Property(tries = 400)
    void anAcknowledgementStopsRepetitionsUntilItsIncidentOpensAgain(@ForAll("steps") List<Step> steps) {
        GroupBench group = new GroupBench(ROUTE);
        Map<String, Integer> revisions = new HashMap<>();
        Set<String> acknowledged = new HashSet<>();
        int seen = 0;
        for (Step step : steps) {
            String id = IDS.get(step.incident());
            if ((step.what() == What.OPENS || step.what() == What.WORSENS) && !isOpen(group, id)) {
                acknowledged.remove(id);
            }
            apply(group, step, revisions);
            if (step.what() == What.ACKNOWLEDGED && isOpen(group, id)) {
                acknowledged.add(id);
            }
            seen = group.told.size();
            group.pass(Duration.ofMinutes(step.minutes()));
            for (GroupBench.Told told : group.told.subList(seen, group.told.size())) {
                boolean nags = told.reason().equals("REPEATED") || told.reason().equals("ESCALATED");
                assertThat(nags && told.incidents().stream().anyMatch(acknowledged::contains))
                        .as("%s after it was acknowledged: %s", told, group.lines())
                        .isFalse();
            }
        }
    }

    /** What one receiver heard of one incident. */
    private record News(String receiver, String reason, String incident) {}

    private static List<News> news(GroupBench group) {
        return group.told.stream()
                .flatMap(told ->
                        told.incidents().stream().map(incident -> new News(told.receiver(), told.reason(), incident)))
                .toList();
    }

    private static boolean isOpen(GroupBench group, String id) {
        Member member = group.members.get(id);
        return member != null && member.isOpen();
    }

    private static GroupBench run(List<Step> steps) {
        GroupBench group = new GroupBench(ROUTE, "flapping: {count: 3, window: 1h, hold-down: 15m}");
        Map<String, Integer> revisions = new HashMap<>();
        for (Step step : steps) {
            apply(group, step, revisions);
            group.pass(Duration.ofMinutes(step.minutes()));
        }
        return group;
    }

    private static void apply(GroupBench group, Step step, Map<String, Integer> revisions) {
        String id = IDS.get(step.incident());
        int revision = revisions.merge(id, 1, Integer::sum);
        switch (step.what()) {
            case OPENS -> group.incident(id, revision, State.OPEN, Level.HIGH);
            case WORSENS -> group.incident(id, revision, State.OPEN, Level.CRITICAL);
            case RESOLVES -> group.incident(id, revision, State.RESOLVED, Level.HIGH);
            case ACKNOWLEDGED -> group.acknowledge(id);
            case SILENCED ->
                group.silence("{\"id\": \"s\", \"matchers\": [\"node=gpu-" + id + "\"], \"ends\": \""
                        + group.now().plusSeconds(900) + "\", \"author\": \"ann\", \"reason\": \"r\"}");
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(What.class),
                        Arbitraries.integers().between(0, IDS.size() - 1),
                        Arbitraries.integers().between(0, 40))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }
}
