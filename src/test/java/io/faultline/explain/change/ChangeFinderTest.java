package io.faultline.explain.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.explain.account.Sign;
import io.faultline.explain.account.Signs;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.Origin;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeFinderTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private final ChangeFinder finder = new ChangeFinder(Known.NOTHING);

    @Test
    void tellsAVersionThatDiffersFromTheOneBefore() {
        fact("service/chat", Signs.VERSION, "0.11.0");
        fact("service/chat", Signs.VERSION, "0.11.0");
        fact("service/chat", Signs.VERSION, "0.12.0");

        assertThat(finder.changes())
                .extracting(Change::kind, Change::text)
                .containsExactly(
                        tuple(Change.Kind.DEPLOY, "service chat started with version 0.12.0 (before: 0.11.0)"));
    }

    @Test
    void remembersAVersionOverAnEnd() {
        fact("node/gpu-a1", Signs.DRIVER, "550.54.15");
        ChangeFinder later = new ChangeFinder(finder.known());

        later.take(sign("node/gpu-a1", Sign.Kind.FACT, Double.NaN, Signs.DRIVER, "570.86.15"), 0, 0, 0);

        assertThat(later.changes())
                .extracting(Change::kind, Change::text)
                .containsExactly(tuple(Change.Kind.DRIVER, "node gpu-a1 has driver 570.86.15 (before: 550.54.15)"));
    }

    @Test
    void saysWhichArgumentsDifferAndNotWhatIsDrawnAnew() {
        fact(
                "service/chat",
                Signs.CONFIGURATION,
                "model='a', max_num_seqs=256, seed=1, compilation={'level': 3, 'x': [1, 2]}");
        fact(
                "service/chat",
                Signs.CONFIGURATION,
                "model='a', max_num_seqs=64, seed=2, compilation={'level': 3, 'x': [1, 2]}");
        fact(
                "service/chat",
                Signs.CONFIGURATION,
                "model='a', max_num_seqs=64, seed=3, compilation={'level': 3, 'x': [1, 2]}");

        assertThat(finder.changes())
                .extracting(Change::kind, Change::text)
                .containsExactly(
                        tuple(Change.Kind.CONFIGURATION, "service chat started with max_num_seqs=64 (before: 256)"));
    }

    @Test
    void tellsOfARestartOnce() {
        finder.take(sign("job/train-llm", Sign.Kind.START, 1000, "", ""), 1, 2, 0);
        finder.take(sign("job/train-llm", Sign.Kind.START, 1000, "", ""), 2, 2, 0);
        finder.take(sign("job/train-llm", Sign.Kind.STEP, 1001, "", ""), 2, 2, 0);

        assertThat(finder.changes())
                .extracting(Change::kind, Change::text)
                .containsExactly(tuple(Change.Kind.RESTART, "job train-llm started again from step 1000"));
    }

    @Test
    void doesNotTakeTheFirstStepThatItSeesForAStart() {
        finder.take(sign("job/train-llm", Sign.Kind.STEP, 1001, "", ""), 0, 1, 0);

        assertThat(finder.changes()).isEmpty();
    }

    @Test
    void comparesSizesWhenProgressIsMade() {
        finder.take(sign("job/train-llm", Sign.Kind.STEP, 1, "", ""), 1, 1, 64);
        finder.take(sign("job/train-llm", Sign.Kind.START, 1, "", ""), 1, 2, 8);
        finder.changes();
        finder.take(sign("job/train-llm", Sign.Kind.STEP, 2, "", ""), 2, 2, 56);

        assertThat(finder.changes())
                .extracting(Change::kind, Change::text)
                .containsExactly(tuple(Change.Kind.SCALE, "job train-llm has 56 GPUs (before: 64)"));
    }

    @Test
    void tellsOfASaveOnceAndOfOneThatFailed() {
        finder.take(sign("job/train-llm", Sign.Kind.CHECKPOINT_END, 500, "", ""), 1, 1, 0);
        finder.take(sign("job/train-llm", Sign.Kind.CHECKPOINT_END, 500, "", ""), 1, 1, 0);
        finder.take(sign("job/train-llm", Sign.Kind.CHECKPOINT_END, 600, "failed", ""), 1, 1, 0);

        assertThat(finder.changes())
                .extracting(Change::text)
                .containsExactly(
                        "checkpoint of job train-llm of step 500 saved",
                        "checkpoint of job train-llm of step 600 could not be saved");
    }

    private void fact(String subject, String name, String value) {
        finder.take(sign(subject, Sign.Kind.FACT, Double.NaN, name, value), 0, 0, 0);
    }

    private static Sign sign(String subject, Sign.Kind kind, double step, String name, String value) {
        int slash = subject.indexOf('/');
        Entity entity = Entity.UNKNOWN.with(Level.ofField(subject.substring(0, slash)), subject.substring(slash + 1));
        return new Sign(subject, entity, kind, TEN, true, step, 0, 0, name, value, Origin.file("train-llm.log", 1));
    }
}
