package io.faultline.respond.notify;

import static io.faultline.respond.notify.channel.SampleIncidents.gpuFellOffTheBus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.model.Incident.State;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {

    private final List<Notice> notices = new ArrayList<>();
    private Told told = Told.NOTHING;

    @Test
    void tellsAReceiverOnce() {
        Router router = new Router(List.of(receiver("ops", Level.MEDIUM, true)));

        route(router, 1, State.OPEN, Level.HIGH);
        route(router, 2, State.OPEN, Level.HIGH);

        assertThat(notices).extracting(Notice::reason).containsExactly(NotifyReason.OPENED);
    }

    @Test
    void tellsWhenItGetsWorseAndWhenItIsOver() {
        Router router = new Router(List.of(receiver("ops", Level.MEDIUM, true)));

        route(router, 1, State.OPEN, Level.HIGH);
        route(router, 2, State.OPEN, Level.CRITICAL);
        route(router, 3, State.OPEN, Level.CRITICAL);
        route(router, 4, State.RESOLVED, Level.CRITICAL);
        route(router, 5, State.RESOLVED, Level.CRITICAL);

        assertThat(notices)
                .extracting(Notice::reason)
                .containsExactly(NotifyReason.OPENED, NotifyReason.SEVERITY_RAISED, NotifyReason.RESOLVED);
    }

    @Test
    void tellsThatItWasNotOver() {
        Router router = new Router(List.of(receiver("ops", Level.MEDIUM, true)));

        route(router, 1, State.OPEN, Level.HIGH);
        route(router, 2, State.RESOLVED, Level.HIGH);
        route(router, 3, State.OPEN, Level.HIGH);
        route(router, 4, State.RESOLVED, Level.HIGH);

        assertThat(notices)
                .extracting(Notice::reason)
                .containsExactly(
                        NotifyReason.OPENED, NotifyReason.RESOLVED, NotifyReason.REOPENED, NotifyReason.RESOLVED);
        assertThat(notices).extracting(Notice::key).doesNotHaveDuplicates();
    }

    @Test
    void tellsEachReceiverFromItsOwnSeverityOn() {
        Router router = new Router(List.of(receiver("log", Level.LOW, false), receiver("pager", Level.CRITICAL, true)));

        route(router, 1, State.OPEN, Level.MEDIUM);
        route(router, 2, State.OPEN, Level.CRITICAL);
        route(router, 3, State.RESOLVED, Level.CRITICAL);

        assertThat(notices)
                .extracting(Notice::receiver, Notice::reason)
                .containsExactly(
                        tuple("log", NotifyReason.OPENED),
                        tuple("log", NotifyReason.SEVERITY_RAISED),
                        tuple("pager", NotifyReason.OPENED),
                        tuple("pager", NotifyReason.RESOLVED));
    }

    @Test
    void doesNotTellTheEndOfWhatItNeverTold() {
        Router router = new Router(List.of(receiver("pager", Level.CRITICAL, true)));

        route(router, 1, State.OPEN, Level.HIGH);
        route(router, 2, State.RESOLVED, Level.HIGH);

        assertThat(notices).isEmpty();
    }

    @Test
    void tellsThatItIsPartOfAnotherOnlyToWhomItWasTold() {
        Router router = new Router(List.of(receiver("log", Level.LOW, false), receiver("pager", Level.CRITICAL, true)));

        route(router, 1, State.OPEN, Level.HIGH);
        route(router, 2, State.MERGED, Level.HIGH);
        route(router, 2, State.MERGED, Level.HIGH);

        assertThat(notices)
                .extracting(Notice::receiver, Notice::reason)
                .containsExactly(tuple("log", NotifyReason.OPENED), tuple("log", NotifyReason.MERGED));
    }

    private void route(Router router, int revision, State state, Level severity) {
        Router.Routed routed = router.route(gpuFellOffTheBus(revision, state, severity), told);
        notices.addAll(routed.notices());
        told = routed.told();
    }

    static ReceiverSettings receiver(String name, Level minSeverity, boolean sendResolved) {
        return new ReceiverSettings(
                name,
                ReceiverSettings.ChannelKind.CONSOLE,
                minSeverity,
                sendResolved,
                Language.EN,
                ReceiverSettings.Stream.STDERR,
                null,
                null);
    }
}
