package io.faultline.explain.diagnose;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.faultline.model.Alert;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who held up a collective that timed out: not the ranks that complain, but the one that does not, or the one that had
 * enqueued the least when the watchdog asked.
 *
 * @param ranks the suspects, never empty
 * @param because the sentence that says why
 */
record SilentRanks(SortedSet<Integer> ranks, String because) {

    /** {@code [Rank 1] Watchdog …} and {@code (default_pg) Rank 1]  failure …}. */
    private static final Pattern RANK = Pattern.compile("Rank (\\d{1,6})\\]");

    /** {@code last enqueued NCCL work: 6463} (PyTorch 2.2–2.5), {@code last enqueued work: 79} (2.6 and later). */
    private static final Pattern LAST_ENQUEUED = Pattern.compile("last enqueued (?:NCCL )?work: (\\d{1,18})");

    /** Null where the lines do not tell. */
    static @Nullable SilentRanks in(List<Alert> alerts) {
        TreeSet<Integer> complained = new TreeSet<>();
        TreeMap<Integer, Long> lastEnqueued = new TreeMap<>();
        boolean cut = false;
        for (Alert alert : alerts) {
            cut |= alert.evidence().size() >= Alert.MAX_EVIDENCE;
            for (Evidence line : alert.evidence()) {
                Integer rank = line.kind() == EventKind.COLLECTIVE_TIMEOUT ? rankOf(line) : null;
                if (rank == null) {
                    continue;
                }
                complained.add(rank);
                Matcher enqueued = LAST_ENQUEUED.matcher(line.text());
                if (enqueued.find()) {
                    lastEnqueued.merge(rank, Long.valueOf(enqueued.group(1)), Math::max);
                }
            }
        }
        SilentRanks behind = behind(lastEnqueued);
        return behind != null || cut ? behind : missing(complained);
    }

    private static @Nullable SilentRanks behind(TreeMap<Integer, Long> lastEnqueued) {
        if (lastEnqueued.isEmpty()) {
            return null;
        }
        long least = lastEnqueued.values().stream().min(Long::compare).orElseThrow();
        long most = lastEnqueued.values().stream().max(Long::compare).orElseThrow();
        TreeSet<Integer> ranks = new TreeSet<>();
        lastEnqueued.forEach((rank, work) -> {
            if (work == least) {
                ranks.add(rank);
            }
        });
        if (least == most || 2 * ranks.size() > lastEnqueued.size()) {
            return null;
        }
        return new SilentRanks(
                ranks, named(ranks) + " had enqueued work " + least + " last, the others went on to " + most);
    }

    /** Of a few lines nothing follows: two thirds of the ranks up to the highest must have spoken. */
    private static @Nullable SilentRanks missing(TreeSet<Integer> complained) {
        if (complained.size() < 2) {
            return null;
        }
        TreeSet<Integer> silent = new TreeSet<>(
                IntStream.rangeClosed(0, complained.last()).boxed().toList());
        silent.removeAll(complained);
        if (silent.isEmpty() || complained.size() < 2 * silent.size()) {
            return null;
        }
        return new SilentRanks(
                silent,
                named(silent) + " never reported the time-out that " + complained.size() + " other ranks reported");
    }

    private static String named(SortedSet<Integer> ranks) {
        String numbers = String.join(", ", ranks.stream().map(String::valueOf).toList());
        return (ranks.size() == 1 ? "rank " : "ranks ") + numbers;
    }

    private static @Nullable Integer rankOf(Evidence line) {
        Matcher matcher = RANK.matcher(line.text());
        if (matcher.find()) {
            return Integer.valueOf(matcher.group(1));
        }
        String rank = line.entity().rank();
        boolean number = rank != null
                && !rank.isEmpty()
                && rank.length() <= 6
                && rank.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.valueOf(rank) : null;
    }
}
