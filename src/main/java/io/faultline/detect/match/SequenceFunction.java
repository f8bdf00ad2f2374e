package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.Findings;
import io.faultline.detect.match.track.Moment;
import io.faultline.detect.match.track.SequenceFindings;
import io.faultline.detect.match.track.Tracked;
import io.faultline.model.Ranks;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;

/** Sequences: flink-cep's automata, whose partial matches of all rules share one buffer. */
final class SequenceFunction implements KindFunction, AutoCloseable {

    private final ClearableStoreFunction store;
    private final SharedBuffer<Candidate> buffer;

    /** Key: rule and group. The automaton's partial matches; cleared with the shared buffer when it is at its start. */
    private final ValueState<NFAState> partial;

    /** Key: rule and group. Who told it since the first step, 8 KiB at most; cleared with the partial matches. */
    private final ValueState<Ranks> witnesses;

    SequenceFunction(KeyedStateStore states, TypeSerializer<Candidate> candidates) {
        store = new ClearableStoreFunction(states);
        buffer = new SharedBuffer<>(store, candidates, new SharedBufferCacheConfig());
        partial = states.getState(new ValueStateDescriptor<>("partial", new NFAStateSerializer()));
        witnesses = states.getState(new ValueStateDescriptor<>("witnesses", TypeInformation.of(Ranks.class)));
    }

    @Override
    public Worker worker(RuleDefinition rule) {
        SequencePattern sequence = (SequencePattern) rule.pattern();
        return new SequenceWorker(rule, sequence, new AutomatonFunction(sequence));
    }

    @Override
    public void clear() {
        partial.clear();
        witnesses.clear();
        store.clear();
    }

    @Override
    public void close() {
        buffer.releaseCacheStatisticsTimer();
    }

    /** One sequence at work. */
    private final class SequenceWorker implements Worker {

        private final RuleDefinition rule;
        private final SequencePattern sequence;
        private final AutomatonFunction automaton;
        private int partialMatches;

        SequenceWorker(RuleDefinition rule, SequencePattern sequence, AutomatonFunction automaton) {
            this.rule = rule;
            this.sequence = sequence;
            this.automaton = automaton;
        }

        @Override
        public long feed(Moment moment, Findings findings) throws Exception {
            NFAState state = partial.value();
            if (state == null && moment.events().isEmpty()) {
                return Tracked.NEVER;
            }
            NFAState current = state == null ? automaton.start() : state;
            Ranks told = heard(moment.events());
            AutomatonFunction.Fed fed = automaton.feed(buffer, current, moment.timestamp(), moment.events());
            tell(fed, moment, told, findings);
            partialMatches = current.getPartialMatches().size();
            if (automaton.isIdle(current)) {
                clear();
                return Tracked.NEVER;
            }
            partial.update(current);
            if (!told.isEmpty()) {
                witnesses.update(told);
            }
            return automaton.timeout(current, moment.timestamp());
        }

        /** Where the input ended, nothing that is missing was missed. */
        private void tell(AutomatonFunction.Fed fed, Moment moment, Ranks told, Findings findings) {
            if (!(moment.isEndOfInput() && sequence.endsWithNot())) {
                fed.matches()
                        .forEach(match ->
                                findings.tell(SequenceFindings.of(rule, match).witnessedBy(told)));
            }
            if (!moment.isEndOfInput()) {
                fed.timedOut()
                        .forEach(partial -> findings.nearly(SequenceFindings.missed(sequence, partial.f0, partial.f1)));
            }
        }

        @Override
        public int partialMatches() {
            return partialMatches;
        }

        /** The witnesses so far, those among the events included. */
        private Ranks heard(List<Candidate> events) throws Exception {
            Ranks before = witnesses.value();
            Ranks heard = before == null ? Ranks.NONE : before;
            for (Candidate event : events) {
                String rank = event.entity().rank();
                heard = rank != null && event.has(sequence.witness()) ? heard.with(rank) : heard;
            }
            return heard;
        }
    }
}
