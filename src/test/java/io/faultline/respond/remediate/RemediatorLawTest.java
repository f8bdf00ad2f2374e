package io.faultline.respond.remediate;

import static io.faultline.respond.remediate.SampleActions.lostGpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionRequest.State;
import io.faultline.model.AuditEntry;
import io.faultline.model.Cause;
import io.faultline.model.Incident;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds in whatever order incidents, people, executors and the clock come. */
class RemediatorLawTest {

    private static final int NODES = 8;
    private static final double SHARE = 0.25;
    private static final Duration PER = Duration.ofHours(1);

    /** Something that happens: what, to which of the incidents or actions so far, and after which pause. */
    record Move(Kind kind, int which, int node, int minutes) {
        enum Kind {
            INCIDENT,
            RESOLVED,
            MERGED,
            SUCCESS,
            FAILURE,
            APPROVAL,
            REFUSAL,
            PAUSE
        }
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Move> move = Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.of(Move.Kind.class)),
                                Tuple.of(6, Arbitraries.of(Move.Kind.INCIDENT, Move.Kind.SUCCESS, Move.Kind.APPROVAL))),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(1, NODES),
                        Arbitraries.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 7, 20))
                .as(Move::new);
        return move.list().ofMinSize(40).ofMaxSize(120);
    }

    @Property(tries = 100)
    void neverTouchesMoreThanItsShareInATime(@ForAll("moves") List<Move> moves) {
        Desk desk = run(moves);

        List<ActionRequest> orders = orders(desk);
        Statistics.label("orders").collect(Math.min(orders.size(), 2)).coverage(coverage -> coverage.check(2)
                .percentage(share -> share > 5));
        for (ActionRequest order : orders) {
            Set<String> touched = orders.stream()
                    .filter(other -> !other.at().isAfter(order.at())
                            && other.at().plus(PER).isAfter(order.at()))
                    .flatMap(other -> other.steps().stream().map(step -> step.target()))
                    .collect(Collectors.toSet());
            assertThat(touched).hasSizeLessThanOrEqualTo((int) (SHARE * NODES));
        }
    }

    @Property(tries = 100)
    void neverOrdersWithoutTheApprovalThatIsWanted(@ForAll("moves") List<Move> moves) {
        Desk desk = run(moves);

        Set<String> approved = desk.entries.stream()
                .filter(entry -> entry.action() == AuditEntry.Action.ACTION_APPROVED)
                .map(AuditEntry::object)
                .collect(Collectors.toSet());
        assertThat(orders(desk))
                .filteredOn(order -> order.playbook().equals("lost-gpu"))
                .allSatisfy(order -> assertThat(approved).contains(order.id()));
        assertThat(orders(desk)).noneMatch(ActionRequest::rehearsal);
    }

    @Property(tries = 100)
    void endsEachActionExactlyOnceAndRehearsesBeforeItOrders(@ForAll("moves") List<Move> moves) {
        Desk desk = run(moves).after(Duration.ofHours(3)).after(Duration.ofHours(3));

        Map<String, List<State>> lives = desk.requests.stream()
                .collect(Collectors.groupingBy(
                        ActionRequest::id, Collectors.mapping(ActionRequest::state, Collectors.toList())));
        assertThat(lives).allSatisfy((id, states) -> {
            assertThat(states.stream().filter(State::isEnd)).hasSize(1);
            assertThat(states.get(states.size() - 1).isEnd()).isTrue();
            assertThat(states).doesNotHaveDuplicates();
            if (states.contains(State.ORDERED)) {
                assertThat(states.get(0)).isEqualTo(State.DRY_RUN);
            }
        });
        assertThat(desk.ledger.hasOpen()).isFalse();
    }

    @Property(tries = 100)
    void doesOneThingAtATimeToATarget(@ForAll("moves") List<Move> moves) {
        Desk desk = run(moves);

        Map<String, String> holders = new HashMap<>();
        for (ActionRequest request : desk.requests) {
            String target = request.steps().get(0).target();
            if (request.rehearsal()) {
                continue;
            }
            if (request.state().isEnd()) {
                holders.remove(target, request.id());
            } else {
                assertThat(holders.putIfAbsent(target, request.id())).isIn(null, request.id());
            }
        }
    }

    @Property(tries = 100)
    void givesTheSameIdsInEveryRun(@ForAll("moves") List<Move> moves) {
        Desk one = run(moves);
        Desk other = run(moves);

        assertThat(one.requests).isEqualTo(other.requests);
        assertThat(one.entries).isEqualTo(other.entries);
    }

    private static List<ActionRequest> orders(Desk desk) {
        return desk.requests.stream()
                .filter(request -> request.state() == State.ORDERED)
                .toList();
    }

    private static Desk run(List<Move> moves) {
        Playbook asks = lostGpu("max-share: " + SHARE, "when: {cause: [gpu.xid], verdict: [likely]}");
        Playbook asksNobody = named(
                "eager",
                lostGpu("max-share: " + SHARE, "approval: none", "cool-down: 10m", "when: {cause: [gpu.xid]}"));
        Playbook rehearses = named("rehearsed", lostGpu("dry-run: true"));
        RemediateSettings settings = SampleActions.settings(asks, asksNobody, rehearses);
        Desk desk = new Desk(new RemediateSettings(
                "",
                "actions",
                "results",
                settings.playbooks(),
                new NodeCounts(Map.of(SampleActions.CLUSTER, NODES)),
                settings.maxAge(),
                settings.approveWithin(),
                settings.answerWithin(),
                settings.remember(),
                settings.maxActions()));
        for (Move move : moves) {
            desk.after(Duration.ofMinutes(move.minutes()));
            move(desk, move);
        }
        return desk;
    }

    private static Playbook named(String id, Playbook playbook) {
        return new Playbook(
                id,
                playbook.title(),
                playbook.when(),
                playbook.steps(),
                playbook.approval(),
                playbook.dryRun(),
                playbook.lasting(),
                playbook.coolDown(),
                playbook.maxShare(),
                playbook.per(),
                playbook.verifyWithin());
    }

    private static void move(Desk desk, Move move) {
        switch (move.kind()) {
            case INCIDENT -> desk.incident(incident(desk, move, Incident.State.OPEN));
            case RESOLVED -> desk.incident(incident(desk, move, Incident.State.RESOLVED));
            case MERGED -> desk.incident(incident(desk, move, Incident.State.MERGED));
            case PAUSE -> desk.after(PER);
            default -> {
                if (!desk.requests.isEmpty()) {
                    ActionRequest request = desk.requests.get(Math.max(0, desk.requests.size() - 1 - move.which() / 2));
                    answer(desk, move, request);
                }
            }
        }
    }

    private static void answer(Desk desk, Move move, ActionRequest request) {
        switch (move.kind()) {
            case SUCCESS -> desk.result(SampleActions.done(request));
            case FAILURE -> desk.result(SampleActions.failed(request, "it did not work"));
            default -> desk.decide(SampleActions.approval(request.id(), move.kind() == Move.Kind.APPROVAL, desk.now));
        }
    }

    private static Incident incident(Desk desk, Move move, Incident.State state) {
        // half of the incidents are for the playbook that asks nobody
        Cause.Verdict verdict = move.which() % 2 == 0 ? Cause.Verdict.CONFIRMED : Cause.Verdict.LIKELY;
        return SampleActions.incident("i" + move.which(), 1, "gpu-a" + move.node(), state, desk.now, verdict);
    }
}
