package io.faultline.detect.match;

import io.faultline.detect.match.KindFunction.Worker;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.MissSample;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.NearMiss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What {@link MatchFunction} does, in this thread: the same groups over states in memory, with virtual time. */
final class TrialRoundFunction implements GroupsFunction.Timers, GroupsFunction.Outlet, AutoCloseable {

    /** One timer; those of one time go by rule and group, so that each run is as the other. */
    private record Timer(long timestamp, RuleKey key) {}

    private record Hour(String rule, long begin) {}

    private static final Comparator<Timer> IN_ORDER = Comparator.comparingLong(Timer::timestamp)
            .thenComparing(timer -> timer.key().rule())
            .thenComparing(timer -> timer.key().epoch())
            .thenComparing(timer -> timer.key().group());

    private final MemoryStoreFunction store = new MemoryStoreFunction();
    private final GroupsFunction groups;
    private final Map<String, RuleDefinition> rules = new HashMap<>();
    private final Map<String, Worker> workers = new HashMap<>();
    private final TreeSet<Timer> timers = new TreeSet<>(IN_ORDER);
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private final Map<Hour, MissSample> misses = new HashMap<>();
    private RuleKey key = new RuleKey("", 0, "");
    private long watermark = Long.MIN_VALUE;

    TrialRoundFunction(RuleSet set) {
        var candidates = TypeInformation.of(Candidate.class).createSerializer(new SerializerConfigImpl());
        groups = new GroupsFunction(store, candidates);
        for (RuleDefinition rule : set.rules()) {
            rules.put(rule.id(), rule);
            workers.put(rule.id(), groups.worker(rule));
        }
    }

    /** Lets a candidate wait for its time. */
    void add(Candidate candidate) throws Exception {
        use(candidate.key());
        groups.add(candidate, this);
    }

    /** Moves time on and fires what is due. */
    void advance(long time) throws Exception {
        watermark = Math.max(watermark, time);
        while (!timers.isEmpty() && timers.first().timestamp() <= watermark) {
            Timer timer = Objects.requireNonNull(timers.pollFirst());
            use(timer.key());
            RuleDefinition rule = Objects.requireNonNull(rules.get(key.rule()));
            Worker worker = Objects.requireNonNull(workers.get(key.rule()));
            groups.advance(rule, worker, key.group(), timer.timestamp(), this, this);
        }
    }

    /** All alerts so far, in the order in which they became certain. */
    List<Alert> alerts() {
        return alerts;
    }

    /** What ended alerts so far, of rules on trial too. */
    List<Ending> endings() {
        return endings;
    }

    /** What {@link ThinMissesFunction} keeps of what was nearly told, in any order. */
    List<NearMiss> misses() {
        return misses.values().stream()
                .flatMap(sample -> sample.misses().stream())
                .toList();
    }

    /** What is kept of all groups, and the timers that would end it. */
    int kept() {
        return store.entries() + timers.size();
    }

    @Override
    public void tell(Alert alert) {
        alerts.add(alert);
    }

    @Override
    public void over(Ending ending) {
        endings.add(ending);
    }

    @Override
    public void nearly(NearMiss miss) {
        Hour hour = new Hour(miss.rule(), MissSample.hour(miss));
        misses.put(hour, misses.getOrDefault(hour, MissSample.EMPTY).with(miss));
    }

    @Override
    public void register(long timestamp) {
        timers.add(new Timer(timestamp, key));
    }

    @Override
    public void delete(long timestamp) {
        timers.remove(new Timer(timestamp, key));
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public void close() {
        groups.close();
    }

    private void use(RuleKey current) {
        key = current;
        store.use(current);
    }
}
