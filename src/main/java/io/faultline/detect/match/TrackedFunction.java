package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.track.Findings;
import io.faultline.detect.match.track.Moment;
import io.faultline.detect.match.track.Tracked;
import io.faultline.detect.match.track.Tracker;
import java.util.function.Function;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One kind of rule that is a tracker, with the state of its groups.
 *
 * @param <P> the kind's pattern
 * @param <S> what its tracker knows of a group
 */
final class TrackedFunction<P extends RulePattern, S> implements KindFunction {

    private final Class<P> type;
    private final Function<P, Tracker<S>> trackers;

    /** Key: rule and group. Its size is the state record's to say; its own wake-up ends it. */
    private final ValueState<S> state;

    /** @param name the state's; it serves all rules of the kind */
    TrackedFunction(
            String name, Class<P> type, Class<S> stateType, Function<P, Tracker<S>> trackers, KeyedStateStore store) {
        this.type = type;
        this.trackers = trackers;
        this.state = store.getState(new ValueStateDescriptor<>(name, TypeInformation.of(stateType)));
    }

    @Override
    public Worker worker(RuleDefinition rule) {
        Tracker<S> tracker = trackers.apply(type.cast(rule.pattern()));
        return (moment, findings) -> feed(tracker, moment, findings);
    }

    private long feed(Tracker<S> tracker, Moment moment, Findings findings) throws Exception {
        Tracked<S> tracked = tracker.feed(state.value(), moment);
        findings.add(tracked.findings());
        if (tracked.state() == null) {
            state.clear();
        } else {
            state.update(tracked.state());
        }
        return tracked.wakeUp();
    }

    @Override
    public void clear() {
        state.clear();
    }
}
