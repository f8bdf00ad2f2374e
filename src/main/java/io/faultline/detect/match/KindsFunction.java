package io.faultline.detect.match;

import io.faultline.detect.match.KindFunction.Worker;
import io.faultline.detect.match.rule.AbsencePattern;
import io.faultline.detect.match.rule.ChangePattern;
import io.faultline.detect.match.rule.DistinctPattern;
import io.faultline.detect.match.rule.FrequencyPattern;
import io.faultline.detect.match.rule.NewValuePattern;
import io.faultline.detect.match.rule.PeersPattern;
import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.detect.match.rule.RarePattern;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SilentRankPattern;
import io.faultline.detect.match.rule.SpikePattern;
import io.faultline.detect.match.rule.WindowPattern;
import io.faultline.detect.match.track.AbsenceState;
import io.faultline.detect.match.track.AbsenceTracker;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.ChangeState;
import io.faultline.detect.match.track.ChangeTracker;
import io.faultline.detect.match.track.DistinctState;
import io.faultline.detect.match.track.DistinctTracker;
import io.faultline.detect.match.track.FrequencyState;
import io.faultline.detect.match.track.FrequencyTracker;
import io.faultline.detect.match.track.NewValueTracker;
import io.faultline.detect.match.track.PeersState;
import io.faultline.detect.match.track.PeersTracker;
import io.faultline.detect.match.track.ProgressState;
import io.faultline.detect.match.track.ProgressTracker;
import io.faultline.detect.match.track.RareTracker;
import io.faultline.detect.match.track.SilentRankState;
import io.faultline.detect.match.track.SilentRankTracker;
import io.faultline.detect.match.track.SpikeState;
import io.faultline.detect.match.track.SpikeTracker;
import io.faultline.detect.match.track.Tracker;
import io.faultline.detect.match.track.ValuesState;
import io.faultline.detect.match.track.WindowState;
import io.faultline.detect.match.track.WindowTracker;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** All kinds of rules. The states of all are there from the start, since rules may come later. */
final class KindsFunction implements AutoCloseable {

    private final KeyedStateStore states;
    private final SequenceFunction sequences;
    private final Map<Class<? extends RulePattern>, KindFunction> kinds = new HashMap<>();

    KindsFunction(KeyedStateStore states, TypeSerializer<Candidate> candidates) {
        this.states = states;
        this.sequences = new SequenceFunction(states, candidates);
        kinds.put(SequencePattern.class, sequences);
        add("progress", ProgressPattern.class, ProgressState.class, ProgressTracker::new);
        add("spike", SpikePattern.class, SpikeState.class, SpikeTracker::new);
        add("window", WindowPattern.class, WindowState.class, WindowTracker::new);
        add("frequency", FrequencyPattern.class, FrequencyState.class, FrequencyTracker::new);
        add("distinct", DistinctPattern.class, DistinctState.class, DistinctTracker::new);
        add("silent-rank", SilentRankPattern.class, SilentRankState.class, SilentRankTracker::new);
        add("peers", PeersPattern.class, PeersState.class, PeersTracker::new);
        add("absence", AbsencePattern.class, AbsenceState.class, AbsenceTracker::new);
        add("change", ChangePattern.class, ChangeState.class, ChangeTracker::new);
        add("new-value", NewValuePattern.class, ValuesState.class, NewValueTracker::new);
        add("rare", RarePattern.class, ValuesState.class, RareTracker::new);
    }

    private <P extends RulePattern, S> void add(
            String name, Class<P> pattern, Class<S> state, Function<P, Tracker<S>> trackers) {
        kinds.put(pattern, new TrackedFunction<>(name, pattern, state, trackers, states));
    }

    Worker worker(RuleDefinition rule) {
        Class<? extends RulePattern> kind = rule.pattern().getClass();
        return Objects.requireNonNull(kinds.get(kind), kind::getSimpleName).worker(rule);
    }

    /** Clears all that the current key's group holds, whatever its rule's kind was. */
    void clear() {
        kinds.values().forEach(KindFunction::clear);
    }

    @Override
    public void close() {
        sequences.close();
    }
}
