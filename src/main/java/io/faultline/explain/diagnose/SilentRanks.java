package io.faultline.explain.diagnose;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.faultline.model.Alert;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Ranks;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who held up a collective that timed out: not the ranks that complain, but the one that does not, or the one that had
 * enqueued the least when the watchdog asked.
 *
 * @param ranks the suspects, never empty
 * @param because the sentence that says why
 */
record SilentRanks(BitSet ranks, String because) {

    /** {@code [Rank 1] Watchdog …} and {@code (default_pg) Rank 1]  failure …}. */
    private static final Pattern RANK = Pattern.compile("Rank (\\d{1,6})\\]");

    /** {@code last enqueued NCCL work: 6463} (PyTorch 2.2–2.5), {@code last enqueued work: 79} (2.6 and later). */
    private static final Pattern LAST_ENQUEUED = Pattern.compile("last enqueued (?:NCCL )?work: (\\d{1,18})");

    /** Null where the lines do not tell. Two jobs in one story have ranks of the same numbers: the first that hung counts. */
    static @Nullable SilentRanks in(List<Alert> alerts) {
        Optional<Alert> hung = alerts.stream().filter(SilentRanks::hung).findFirst();
        return hung.map(first -> ofOneJob(alerts.stream()
                        .filter(alert -> Objects.equals(job(alert), job(first)))
                        .toList()))
                .orElse(null);
    }

    private static boolean hung(Alert alert) {
        return alert.evidence().stream().anyMatch(line -> line.kind() == EventKind.COLLECTIVE_TIMEOUT);
    }

    private static @Nullable String job(Alert alert) {
        return alert.entity().job();
    }

    private static @Nullable SilentRanks ofOneJob(List<Alert> alerts) {
        BitSet complained = new BitSet();
        BitSet known = new BitSet();
        TreeMap<Integer, Long> lastEnqueued = new TreeMap<>();
        boolean cut = false;
        boolean counted = false;
        for (Alert alert : alerts) {
            complained.or(alert.ranks().toBitSet());
            counted |= !alert.ranks().isEmpty();
            cut |= alert.evidence().size() >= Alert.MAX_EVIDENCE;
            for (Evidence line : alert.evidence()) {
                int rank = rankOf(line);
                if (rank < 0) {
                    continue;
                }
                known.set(rank);
                if (line.kind() == EventKind.COLLECTIVE_TIMEOUT) {
                    complained.set(rank);
                    Matcher enqueued = LAST_ENQUEUED.matcher(line.text());
                    if (enqueued.find()) {
                        lastEnqueued.merge(rank, Long.valueOf(enqueued.group(1)), Math::max);
                    }
                }
            }
        }
        SilentRanks behind = behind(lastEnqueued);
        return behind != null || (cut && !counted) ? behind : missing(complained, known, counted);
    }

    private static @Nullable SilentRanks behind(TreeMap<Integer, Long> lastEnqueued) {
        if (lastEnqueued.isEmpty()) {
            return null;
        }
        long least = lastEnqueued.values().stream().min(Long::compare).orElseThrow();
        long most = lastEnqueued.values().stream().max(Long::compare).orElseThrow();
        BitSet ranks = new BitSet();
        lastEnqueued.forEach((rank, work) -> {
            if (work == least) {
                ranks.set(rank);
            }
        });
        if (least == most || 2 * ranks.cardinality() > lastEnqueued.size()) {
            return null;
        }
        return new SilentRanks(
                ranks, named(ranks) + " had enqueued work " + least + " last, the others went on to " + most);
    }

    /**
     * Of a few quoted lines nothing follows: two thirds of the ranks up to the highest must have spoken. Where all who
     * spoke were counted, half of them is enough: of two ranks one waited for the other.
     */
    private static @Nullable SilentRanks missing(BitSet complained, BitSet known, boolean counted) {
        if (complained.isEmpty() || (!counted && complained.cardinality() < 2)) {
            return null;
        }
        BitSet silent = new BitSet();
        silent.set(0, Math.max(complained.length(), known.length()));
        silent.andNot(complained);
        int least = (counted ? 1 : 2) * silent.cardinality();
        if (silent.isEmpty() || complained.cardinality() < least) {
            return null;
        }
        return new SilentRanks(
                silent,
                named(silent) + " never reported the time-out that "
                        + (complained.cardinality() == 1
                                ? named(complained) + " reported"
                                : complained.cardinality() + " other ranks reported"));
    }

    private static String named(BitSet ranks) {
        return (ranks.cardinality() == 1 ? "rank " : "ranks ") + Ranks.text(ranks);
    }

    private static int rankOf(Evidence line) {
        Matcher matcher = RANK.matcher(line.text());
        if (matcher.find()) {
            return Ranks.numberOf(matcher.group(1));
        }
        String rank = line.entity().rank();
        return rank == null ? -1 : Ranks.numberOf(rank);
    }
}
