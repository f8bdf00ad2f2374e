package io.faultline.explain.correlate;

import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.ending;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.explain.SampleAlerts;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Fleet;
import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CorrelatorLawTest {

    /** Four nodes in rack a and thirty elsewhere; on gpu-a1 and gpu-b1 runs a job that no alert names. */
    private static final CommonCause FLEET = new CommonCause(fleet());

    @Property(tries = 300)
    void theOrderOfArrivalAndTheStepsOfTimeChangeNothing(
            @ForAll("alerts") List<Alert> alerts, @ForAll long shuffle, @ForAll("steps") List<Long> steps) {
        List<Alert> shuffled = new ArrayList<>(alerts);
        Collections.shuffle(shuffled, new Random(shuffle));
        List<Ending> endings = endings(alerts, new Random(shuffle));
        List<Ending> otherOrder = new ArrayList<>(endings);
        Collections.shuffle(otherOrder, new Random(shuffle));

        List<String> atOnce = described(run(alerts, endings, List.of()));
        List<String> inSteps = described(run(shuffled, otherOrder, steps));

        assertThat(inSteps).isEqualTo(atOnce);
    }

    @Property(tries = 300)
    void eachStoryIsToldToBeOverOnceInEachOfItsLives(@ForAll("alerts") List<Alert> alerts, @ForAll long seed) {
        List<Ending> endings = endings(alerts, new Random(seed));

        List<Story> with = run(alerts, endings, List.of());

        Map<String, Incident.State> last = new HashMap<>();
        for (Story story : with) {
            Incident.State before = last.put(story.id(), story.state());
            if (story.state() == Incident.State.RESOLVED) {
                assertThat(before).isEqualTo(Incident.State.OPEN);
            }
        }
        assertThat(last.values()).doesNotContain(Incident.State.OPEN);
    }

    /** Some alerts end, some twice, some at the instant at which others are found, some before they are found again. */
    private static List<Ending> endings(List<Alert> alerts, Random random) {
        List<Ending> endings = new ArrayList<>();
        for (Alert alert : alerts) {
            for (int i = random.nextInt(3); i > 0; i--) {
                Alert other = alerts.get(random.nextInt(alerts.size()));
                long found = Duration.between(at(0), alert.detectedAt()).toSeconds();
                long later = Duration.between(at(0), other.detectedAt()).toSeconds();
                endings.add(ending(alert, later > found ? later : found + random.nextInt(900)));
            }
        }
        return endings;
    }

    @Property(tries = 300)
    void everyAlertOfARuleIsInExactlyOneStory(@ForAll("alerts") List<Alert> alerts) {
        OpenStories open = new OpenStories("", List.of(), List.of());
        CorrelateSettings neverForgets = new CorrelateSettings(
                Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofDays(9), 99, 99, 99);
        List<Ending> endings = endings(alerts, new Random(alerts.size()));
        new Correlator(neverForgets, FLEET, open).advance(alerts, endings, at(7000));

        List<String> members = open.all().stream()
                .flatMap(story -> Arrays.stream(story.alerts()))
                .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH)
                .map(Alert::fingerprint)
                .toList();

        assertThat(members)
                .containsExactlyInAnyOrderElementsOf(alerts.stream()
                        .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH)
                        .map(Alert::fingerprint)
                        .toList());
    }

    private static Fleet fleet() {
        Map<String, Fleet.Node> nodes = new HashMap<>();
        IntStream.rangeClosed(1, 4).forEach(i -> nodes.put("gpu-a" + i, inRack("a")));
        IntStream.rangeClosed(1, 30).forEach(i -> nodes.put("gpu-b" + i, inRack("b")));
        Fleet.Job job = new Fleet.Job(null, List.of("gpu-a1", "gpu-b1"), 8, Map.of());
        return new Fleet(nodes, Map.of("train-asr", job, "train-llm", job), Map.of());
    }

    private static Fleet.Node inRack(String rack) {
        return new Fleet.Node(null, Map.of("rack", rack), List.of());
    }

    /** As the function does it: an alert is handed over by the first watermark that reaches it. */
    private static List<Story> run(List<Alert> alerts, List<Ending> endings, List<Long> steps) {
        OpenStories open = new OpenStories("", List.of(), List.of());
        List<Alert> pending = new ArrayList<>(alerts);
        List<Ending> over = new ArrayList<>(endings);
        List<Story> told = new ArrayList<>();
        for (long step : steps.stream().sorted().toList()) {
            Instant now = at(step);
            List<Alert> ready = pending.stream()
                    .filter(alert -> !alert.detectedAt().isAfter(now))
                    .toList();
            List<Ending> ended = over.stream()
                    .filter(ending -> !ending.endedAt().isAfter(now))
                    .toList();
            pending.removeAll(ready);
            over.removeAll(ended);
            told.addAll(new Correlator(CorrelateSettings.defaults(), FLEET, open).advance(ready, ended, now));
        }
        told.addAll(new Correlator(CorrelateSettings.defaults(), FLEET, open).advance(pending, over, at(20_000)));
        return told;
    }

    private static List<String> described(List<Story> stories) {
        return stories.stream()
                .map(story -> story.id() + " " + story.revision() + " " + story.state() + " " + story.mergedInto() + " "
                        + story.startedAt() + " " + story.endedAt() + " "
                        + story.alertList().stream().map(Alert::fingerprint).toList())
                .toList();
    }

    @Provide
    Arbitrary<List<Long>> steps() {
        return Arbitraries.longs().between(0, 6000).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Alert>> alerts() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 5400);
        Arbitrary<String> jobs = Arbitraries.of("", "train-llm", "train-vlm");
        Arbitrary<String> nodes = Arbitraries.of("", "gpu-a1", "gpu-a2", "gpu-a3", "gpu-b1");
        Arbitrary<String> rules = Arbitraries.of("gpu-xid-critical", "loss-nan", "job-exit", "anomaly-z");
        Arbitrary<Integer> delays = Arbitraries.of(0, 30, 180);
        return Combinators.combine(rules, jobs, nodes, seconds, delays)
                .as(CorrelatorLawTest::alert)
                .list()
                .uniqueElements(Alert::fingerprint)
                .ofMaxSize(20);
    }

    private static Alert alert(String rule, String job, String node, long second, int delay) {
        Entity entity = (job.isEmpty() ? Entity.UNKNOWN : Entity.ofJob(job))
                .with(Entity.Level.NODE, node.isEmpty() ? null : node);
        SampleAlerts.Builder builder = new SampleAlerts.Builder(
                        rule, rule.startsWith("gpu-") ? Alert.Role.INITIATING : Alert.Role.SYMPTOM)
                .about(entity, Entity.UNKNOWN)
                .line(second, EventKind.PROCESS_EXIT, entity, "exitcode : 1")
                .certainAfter(delay);
        return rule.startsWith("anomaly") ? builder.anomaly().build() : builder.build();
    }
}
