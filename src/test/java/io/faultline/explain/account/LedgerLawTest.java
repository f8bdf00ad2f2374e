package io.faultline.explain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.model.JobAccount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class LedgerLawTest {

    /** What is asked of it: within two of a hundred of the whole time. */
    private static final double SHARE = 0.02;

    @Property(tries = 300)
    void knowsEachBucketOfAPlannedRunWithinTwoPercentOfItsTime(@ForAll long seed) {
        PlannedRun run = PlannedRun.drawn(new Random(seed));

        List<JobAccount> accounts = accounts(run.signs(), run.now());

        double slack = SHARE * run.elapsed();
        assertThat(sum(accounts, JobAccount::initialising)).isCloseTo(run.seconds(Bucket.INITIALISING), within(slack));
        assertThat(sum(accounts, JobAccount::productive)).isCloseTo(run.seconds(Bucket.PRODUCTIVE), within(slack));
        assertThat(sum(accounts, JobAccount::checkpoint)).isCloseTo(run.seconds(Bucket.CHECKPOINT), within(slack));
        assertThat(sum(accounts, JobAccount::evaluation)).isCloseTo(run.seconds(Bucket.EVALUATION), within(slack));
        assertThat(sum(accounts, JobAccount::stalled)).isCloseTo(run.seconds(Bucket.STALLED), within(slack));
        assertThat(sum(accounts, JobAccount::restarting)).isCloseTo(run.seconds(Bucket.RESTARTING), within(slack));
        assertThat(sum(accounts, JobAccount::wasted)).isCloseTo(run.seconds(Bucket.WASTED), within(slack));
        assertThat(sum(accounts, JobAccount::interruptions)).isEqualTo(run.interruptions());
        assertThat(sum(accounts, JobAccount::recovery)).isCloseTo(run.repairSeconds(), within(slack));
    }

    @Property(tries = 100)
    void putsEachMomentIntoOneBucket(@ForAll long seed) {
        PlannedRun run = PlannedRun.drawn(new Random(seed));

        List<JobAccount> accounts = accounts(run.signs(), run.now());

        assertThat(sum(accounts, JobAccount::seconds)).isCloseTo(run.elapsed(), within(1e-6));
        for (JobAccount account : accounts) {
            double span = (account.until().toEpochMilli() - account.since().toEpochMilli()) / 1000.0;
            assertThat(account.seconds()).isCloseTo(span, within(1e-6));
        }
        for (int i = 1; i < accounts.size(); i++) {
            assertThat(accounts.get(i).since()).isEqualTo(accounts.get(i - 1).until());
        }
    }

    @Property(tries = 100)
    void findsTheSameWhateverIsToldTwiceAndHoweverOftenTimeIsTold(@ForAll long seed) {
        Random random = new Random(seed);
        PlannedRun run = PlannedRun.drawn(random);
        List<Sign> doubled = new ArrayList<>();
        for (Sign sign : run.signs()) {
            doubled.add(sign);
            if (sign.kind() == Sign.Kind.STEP || sign.kind() == Sign.Kind.EXIT) {
                doubled.add(sign);
            }
        }

        List<JobAccount> once = accounts(run.signs(), run.now());

        assertThat(accounts(doubled, run.now())).isEqualTo(once);
        assertThat(accountsByTheSecond(run.signs(), run.now(), random)).isEqualTo(once);
    }

    @Property(tries = 100)
    void goesOnAfterEachSignFromWhatWasKept(@ForAll long seed) {
        PlannedRun run = PlannedRun.drawn(new Random(seed));
        List<JobAccount> found = new ArrayList<>();
        @Nullable Book book = null;
        for (Sign sign : inOrder(run.signs())) {
            Ledger ledger = new Ledger(AccountSettings.defaults(), book);
            ledger.take(sign);
            found.addAll(ledger.accounts());
            book = ledger.book();
        }

        assertThat(found).isEqualTo(accounts(run.signs(), run.now()));
    }

    @Property(tries = 100)
    void tellsOfTheLossWhatTheAccountsSay(@ForAll long seed) {
        PlannedRun run = PlannedRun.drawn(new Random(seed));
        Ledger ledger = new Ledger(AccountSettings.defaults(), null);
        inOrder(run.signs()).forEach(ledger::take);

        List<Loss> losses = ledger.losses();

        double lost = sum(ledger.accounts(), JobAccount::lost);
        assertThat(losses.get(losses.size() - 1).at(run.now() + 1_000_000) / 1000.0)
                .isCloseTo(lost, within(1e-6));
        assertThat(losses).isSortedAccordingTo(Comparator.comparingLong(Loss::knownAt));
        assertThat(losses).allMatch(loss -> loss.since() <= loss.knownAt());
    }

    private static List<JobAccount> accounts(List<Sign> signs, long end) {
        Ledger ledger = new Ledger(AccountSettings.defaults(), null);
        inOrder(signs).forEach(ledger::take);
        ledger.finish(end);
        return ledger.accounts();
    }

    private static List<JobAccount> accountsByTheSecond(List<Sign> signs, long end, Random random) {
        Ledger ledger = new Ledger(AccountSettings.defaults(), null);
        for (Sign sign : inOrder(signs)) {
            long at = sign.timestamp().toEpochMilli();
            ledger.advance(at - random.nextInt(1_000));
            ledger.take(sign);
        }
        ledger.finish(end);
        return ledger.accounts();
    }

    private static List<Sign> inOrder(List<Sign> signs) {
        List<Sign> sorted = new ArrayList<>(signs);
        Collections.sort(sorted, Sign.IN_ORDER);
        return sorted;
    }

    private static double sum(List<JobAccount> accounts, ToDoubleFunction<JobAccount> part) {
        return accounts.stream().mapToDouble(part).sum();
    }
}
