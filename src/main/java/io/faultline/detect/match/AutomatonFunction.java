package io.faultline.detect.match;

import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequencePattern.Contiguity;
import io.faultline.detect.match.rule.SequenceStep;
import io.faultline.detect.match.track.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.compiler.NFAStateNameHandler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** One sequence rule as flink-cep's own automaton, fed by hand. It holds no state of any group: that is passed in. */
final class AutomatonFunction {

    private final long within;

    /** How long after the event before it a step may come, by the step's name; milliseconds. */
    private final Map<String, Long> limits = new HashMap<>();

    private final AfterMatchSkipStrategy skip;
    private final NFA<Candidate> automaton;

    AutomatonFunction(SequencePattern sequence) {
        this.within = sequence.within().toMillis();
        for (SequenceStep step : sequence.steps()) {
            if (!step.within().isZero()) {
                limits.put(step.name(), step.within().toMillis());
            }
        }
        this.skip = skip(sequence);
        this.automaton =
                NFACompiler.compileFactory(pattern(sequence, skip), true).createNFA();
    }

    NFAState start() {
        return automaton.createInitialNFAState();
    }

    /**
     * What came of a moment.
     *
     * @param matches the events by the name of their step
     * @param timedOut the partial matches whose time is over, and when it was over
     */
    record Fed(List<Map<String, List<Candidate>>> matches, List<Tuple2<Map<String, List<Candidate>>, Long>> timedOut) {}

    /** Moves time on, then feeds the events of that time. */
    @SuppressWarnings("try") // closing the accessor writes state and may be interrupted as any state access
    Fed feed(SharedBuffer<Candidate> buffer, NFAState state, long timestamp, List<Candidate> events) throws Exception {
        try (SharedBufferAccessor<Candidate> accessor = buffer.getAccessor()) {
            var advanced = automaton.advanceTime(accessor, state, timestamp, skip);
            List<Map<String, List<Candidate>>> matches = new ArrayList<>(advanced.f0);
            for (Candidate event : events) {
                matches.addAll(automaton.process(accessor, state, event, timestamp, skip, () -> timestamp));
            }
            return new Fed(matches, List.copyOf(advanced.f1));
        }
    }

    /** The events of each partial match by the name of their step. */
    @SuppressWarnings("try") // as above
    List<Map<String, List<Candidate>>> partials(SharedBuffer<Candidate> buffer, NFAState state) throws Exception {
        List<Map<String, List<Candidate>>> partials = new ArrayList<>();
        try (SharedBufferAccessor<Candidate> accessor = buffer.getAccessor()) {
            for (ComputationState partial : state.getPartialMatches()) {
                if (partial.getPreviousBufferEntry() != null) {
                    for (var path : accessor.extractPatterns(partial.getPreviousBufferEntry(), partial.getVersion())) {
                        partials.add(accessor.materializeMatch(path));
                    }
                }
            }
        }
        return partials;
    }

    /**
     * When the first partial match times out, in milliseconds; {@link Long#MAX_VALUE} where there is none.
     *
     * @param now what is over by now and still there is not limited: some states of an optional step have no limit
     */
    long timeout(NFAState state, long now) {
        long first = Long.MAX_VALUE;
        for (ComputationState partial : state.getPartialMatches()) {
            if (partial.getStartEventID() != null) {
                first = Math.min(first, partial.getStartTimestamp() + within);
                String step = NFAStateNameHandler.getOriginalNameFromInternal(partial.getCurrentStateName());
                Long limit = limits.get(step);
                long over = limit == null ? now : partial.getPreviousTimestamp() + limit;
                first = over > now ? Math.min(first, over) : first;
            }
        }
        return first;
    }

    /** Back at the start with nothing held: then the state of the group is worth nothing. */
    boolean isIdle(NFAState state) {
        return state.getCompletedMatches().isEmpty()
                && state.getPartialMatches().stream().allMatch(partial -> partial.getStartEventID() == null);
    }

    private static AfterMatchSkipStrategy skip(SequencePattern sequence) {
        return switch (sequence.skip()) {
            case PAST_LAST -> AfterMatchSkipStrategy.skipPastLastEvent();
            case TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
            case TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(sequence.skipTo());
            case TO_LAST -> AfterMatchSkipStrategy.skipToLast(sequence.skipTo());
            case NONE -> AfterMatchSkipStrategy.noSkip();
        };
    }

    private static Pattern<Candidate, ?> pattern(SequencePattern sequence, AfterMatchSkipStrategy skip) {
        List<SequenceStep> steps = sequence.steps();
        Pattern<Candidate, Candidate> pattern = Pattern.begin(steps.get(0).name(), skip);
        for (int i = 0; i < steps.size(); i++) {
            SequenceStep step = steps.get(i);
            pattern = times(i == 0 ? pattern : next(pattern, step), step).where(new BitFunction(i));
            if (!step.until().isEmpty()) {
                pattern = pattern.until(new BitFunction(sequence.until(i)));
            }
            if (!step.within().isZero()) {
                pattern = pattern.within(step.within(), WithinType.PREVIOUS_AND_CURRENT);
            }
        }
        return sequence.within().isZero() ? pattern : pattern.within(sequence.within());
    }

    private static Pattern<Candidate, Candidate> next(Pattern<Candidate, Candidate> before, SequenceStep step) {
        if (step.not()) {
            return step.contiguity() == Contiguity.STRICT
                    ? before.notNext(step.name())
                    : before.notFollowedBy(step.name());
        }
        return switch (step.contiguity()) {
            case STRICT -> before.next(step.name());
            case RELAXED -> before.followedBy(step.name());
            case ANY -> before.followedByAny(step.name());
        };
    }

    private static Pattern<Candidate, Candidate> times(Pattern<Candidate, Candidate> pattern, SequenceStep step) {
        Pattern<Candidate, Candidate> quantified = step.most() == 1 ? pattern : repeated(pattern, step);
        if (step.greedy()) {
            quantified = quantified.greedy();
        }
        return step.optional() ? quantified.optional() : quantified;
    }

    private static Pattern<Candidate, Candidate> repeated(Pattern<Candidate, Candidate> pattern, SequenceStep step) {
        Pattern<Candidate, Candidate> repeated = step.most() == Integer.MAX_VALUE
                ? pattern.timesOrMore(step.least())
                : pattern.times(step.least(), step.most());
        return switch (step.contiguity()) {
            case STRICT -> repeated.consecutive();
            case RELAXED -> repeated;
            case ANY -> repeated.allowCombinations();
        };
    }

    /** The condition was tested before the shuffle; here is only its bit. */
    private static final class BitFunction extends SimpleCondition<Candidate> {
        private static final long serialVersionUID = 1L;

        private final int bit;

        BitFunction(int bit) {
            this.bit = bit;
        }

        @Override
        public boolean filter(Candidate candidate) {
            return candidate.has(bit);
        }
    }
}
