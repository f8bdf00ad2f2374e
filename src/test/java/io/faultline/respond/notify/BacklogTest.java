package io.faultline.respond.notify;

import static io.faultline.respond.notify.channel.SampleIncidents.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Cause;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.Backlog.Next;
import io.faultline.respond.notify.Backlog.Nothing;
import io.faultline.respond.notify.Backlog.Tell;
import io.faultline.respond.notify.Backlog.Wait;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Rate;
import io.faultline.respond.notify.channel.SampleIncidents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Backlog<String> backlog = new Backlog<>(Rate.perMinute(4), PATIENCE);

    @Test
    void tellsTheMostSevereFirstAndEqualOnesInOrder() {
        add("a", Level.LOW);
        add("b", Level.CRITICAL);
        add("c", Level.CRITICAL);

        assertThat(owners(TEN)).containsExactly("b");
        assertThat(owners(TEN)).containsExactly("c");
        assertThat(owners(TEN)).containsExactly("a");
        assertThat(backlog.next(TEN)).isEqualTo(new Nothing<String>());
    }

    @Test
    void keepsTheLastQuarterOfTheRateForWhatIsUrgent() {
        for (String id : List.of("a", "b", "c", "d")) {
            add(id, Level.MEDIUM);
        }

        assertThat(List.of(owners(TEN), owners(TEN), owners(TEN)))
                .containsExactly(List.of("a"), List.of("b"), List.of("c"));
        assertThat(backlog.next(TEN)).isEqualTo(new Wait<String>(PATIENCE));
        add("pager", Level.HIGH);
        assertThat(owners(TEN)).containsExactly("pager");
    }

    @Test
    void sendsNoMoreThanTheRateInAnySpan() {
        for (int i = 0; i < 5; i++) {
            add("id-" + i, Level.CRITICAL);
        }

        for (int i = 0; i < 4; i++) {
            assertThat(owners(TEN.plusSeconds(i))).hasSize(1);
        }
        assertThat(backlog.next(TEN.plusSeconds(10))).isEqualTo(new Wait<String>(Duration.ofSeconds(10)));
        assertThat(backlog.next(TEN.plusSeconds(59))).isEqualTo(new Wait<String>(Duration.ofSeconds(1)));
        assertThat(owners(TEN.plusSeconds(60))).containsExactly("id-4");
    }

    @Test
    void tellsWhatHasWaitedTooLongInOneMessage() {
        for (int i = 0; i < 40; i++) {
            add("id-" + i, i == 39 ? Level.MEDIUM : Level.LOW);
        }
        List<String> alone = new ArrayList<>();
        while (backlog.next(TEN) instanceof Tell<String> tell) {
            alone.addAll(tell.owners());
        }

        Tell<String> digest = (Tell<String>) backlog.next(TEN.plus(PATIENCE));

        assertThat(alone).containsExactly("id-39", "id-0", "id-1");
        assertThat(digest.owners()).hasSize(37).doesNotContainAnyElementsOf(alone);
        assertThat(digest.notice().incident().id()).isEqualTo("id-2");
        assertThat(digest.notice().others()).hasSize(20);
        assertThat(digest.notice().more()).isEqualTo(16);
        assertThat(backlog.next(TEN.plus(PATIENCE))).isEqualTo(new Nothing<String>());
    }

    @Test
    void takesWhatIsLateAlongWithWhatIsUrgent() {
        backlog = new Backlog<>(Rate.perMinute(1), PATIENCE);
        add("first", Level.LOW);
        owners(TEN);
        add("late", Level.LOW);

        Instant later = TEN.plusSeconds(60);
        backlog.add(notice("urgent", Level.CRITICAL, 1), "urgent", later);

        assertThat(owners(later)).containsExactly("urgent", "late");
    }

    @Test
    void ofOneIncidentADigestHasTheLatestRevision() {
        backlog = new Backlog<>(Rate.perMinute(1), PATIENCE);
        add("first", Level.LOW);
        owners(TEN);
        backlog.add(notice("a", Level.HIGH, 1), "1", TEN);
        backlog.add(notice("b", Level.LOW, 1), "2", TEN);
        backlog.add(notice("b", Level.LOW, 2), "3", TEN);

        Tell<String> digest = (Tell<String>) backlog.next(TEN.plusSeconds(60));

        assertThat(digest.owners()).containsExactly("1", "2", "3");
        assertThat(digest.notice().others()).extracting(Incident::revision).containsExactly(2);
        assertThat(digest.notice().key()).isEqualTo("ops/a/opened");
    }

    @Test
    void leavesTimeBetweenTwoMessagesWhereTheProviderAsksForIt() {
        backlog = new Backlog<>(Rate.perMinute(60).spaced(Duration.ofSeconds(1)), PATIENCE);
        add("a", Level.CRITICAL);
        add("b", Level.CRITICAL);
        owners(TEN);

        assertThat(backlog.next(TEN.plusMillis(300))).isEqualTo(new Wait<String>(Duration.ofMillis(700)));
        assertThat(owners(TEN.plusSeconds(1))).containsExactly("b");
    }

    @Test
    void anotherAttemptCountsToo() {
        backlog = new Backlog<>(Rate.perMinute(1), PATIENCE);
        add("a", Level.HIGH);
        owners(TEN);
        backlog.sentAgain(TEN.plusSeconds(30));
        add("b", Level.HIGH);

        assertThat(backlog.next(TEN.plusSeconds(60))).isEqualTo(new Wait<String>(Duration.ofSeconds(30)));
    }

    @Test
    void aReceiverWithoutALimitIsToldEachByItself() {
        backlog = new Backlog<>(Rate.UNLIMITED, PATIENCE);
        for (int i = 0; i < 300; i++) {
            add("id-" + i, Level.LOW);
        }

        for (int i = 0; i < 300; i++) {
            assertThat(owners(TEN.plusSeconds(100))).containsExactly("id-" + i);
        }
    }

    @Property(tries = 200)
    void everyNoticeIsToldOnceAndNoSpanHasMoreThanTheRate(
            @ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> levels,
            @ForAll @IntRange(min = 1, max = 9) int count) {
        Backlog<Integer> crowded = new Backlog<>(new Rate(count, Duration.ofSeconds(60)), PATIENCE);
        List<Integer> told = new ArrayList<>();
        List<Instant> sent = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            Instant arrival = TEN.plusSeconds(i);
            crowded.add(notice("id-" + i, Level.values()[levels.get(i)], 1), i, arrival);
            while (crowded.next(arrival) instanceof Tell<Integer> tell) {
                told.addAll(tell.owners());
                sent.add(arrival);
            }
        }
        Instant now = TEN.plusSeconds(levels.size());
        Next<Integer> next = crowded.next(now);
        while (!(next instanceof Nothing<Integer>)) {
            if (next instanceof Tell<Integer> tell) {
                told.addAll(tell.owners());
                sent.add(now);
            } else if (next instanceof Wait<Integer> wait) {
                now = now.plus(wait.time());
            }
            next = crowded.next(now);
        }

        assertThat(told).hasSameSizeAs(levels).doesNotHaveDuplicates();
        for (int i = count; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - count), sent.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        }
    }

    private void add(String id, Level level) {
        backlog.add(notice(id, level, 1), id, TEN);
    }

    private List<String> owners(Instant now) {
        return ((Tell<String>) backlog.next(now)).owners();
    }

    private static Notice notice(String id, Level level, int revision) {
        Incident sample = SampleIncidents.titled("title of " + id, revision, Incident.State.OPEN, level);
        Cause cause = sample.cause();
        Incident incident = new Incident(
                id,
                revision,
                sample.state(),
                sample.title(),
                level,
                sample.startedAt(),
                sample.endedAt(),
                cause,
                sample.entities(),
                sample.rules(),
                sample.responses(),
                sample.evidence(),
                sample.alerts());
        return new Notice("ops", NotifyReason.OPENED, incident);
    }
}
