package io.faultline.detect.match;

import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequencePattern.Contiguity;
import io.faultline.detect.match.rule.SequencePattern.Step;
import io.faultline.detect.match.track.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** One sequence rule as flink-cep's own automaton, fed by hand. It holds no state of any group: that is passed in. */
final class AutomatonFunction {

    private final SequencePattern sequence;
    private final AfterMatchSkipStrategy skip;
    private final NFA<Candidate> automaton;

    AutomatonFunction(SequencePattern sequence) {
        this.sequence = sequence;
        this.skip = skip(sequence);
        this.automaton =
                NFACompiler.compileFactory(pattern(sequence, skip), true).createNFA();
    }

    NFAState start() {
        return automaton.createInitialNFAState();
    }

    /** Moves time on, then feeds the events of that time; gives the matches. */
    @SuppressWarnings("try") // closing the accessor writes state and may be interrupted as any state access
    List<Map<String, List<Candidate>>> feed(
            SharedBuffer<Candidate> buffer, NFAState state, long timestamp, List<Candidate> events) throws Exception {
        List<Map<String, List<Candidate>>> matches = new ArrayList<>();
        try (SharedBufferAccessor<Candidate> accessor = buffer.getAccessor()) {
            matches.addAll(automaton.advanceTime(accessor, state, timestamp, skip).f0);
            for (Candidate event : events) {
                matches.addAll(automaton.process(accessor, state, event, timestamp, skip, () -> timestamp));
            }
        }
        return matches;
    }

    /** When the oldest partial match times out, in milliseconds; {@link Long#MAX_VALUE} where there is none. */
    long timeout(NFAState state) {
        long oldest = Long.MAX_VALUE;
        for (ComputationState partial : state.getPartialMatches()) {
            if (partial.getStartEventID() != null) {
                oldest = Math.min(oldest, partial.getStartTimestamp());
            }
        }
        return oldest == Long.MAX_VALUE ? oldest : oldest + sequence.within().toMillis();
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
            case NONE -> AfterMatchSkipStrategy.noSkip();
        };
    }

    private static Pattern<Candidate, ?> pattern(SequencePattern sequence, AfterMatchSkipStrategy skip) {
        List<Step> steps = sequence.steps();
        Pattern<Candidate, Candidate> pattern =
                times(Pattern.<Candidate>begin(steps.get(0).name(), skip), steps.get(0), 0);
        for (int i = 1; i < steps.size(); i++) {
            pattern = times(next(pattern, steps.get(i)), steps.get(i), i);
        }
        return sequence.within().isZero() ? pattern : pattern.within(sequence.within());
    }

    private static Pattern<Candidate, Candidate> next(Pattern<Candidate, Candidate> before, Step step) {
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

    private static Pattern<Candidate, Candidate> times(Pattern<Candidate, Candidate> pattern, Step step, int bit) {
        Pattern<Candidate, Candidate> where = pattern.where(new BitFunction(bit));
        if (step.not() || step.most() == 1) {
            return where;
        }
        Pattern<Candidate, Candidate> repeated = step.most() == Integer.MAX_VALUE
                ? where.timesOrMore(step.least())
                : where.times(step.least(), step.most());
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
