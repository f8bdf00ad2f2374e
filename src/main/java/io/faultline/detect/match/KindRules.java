package io.faultline.detect.match;

import io.faultline.detect.match.index.DemandIndex;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import java.util.List;
import java.util.function.Consumer;

/** The rules that look at events of one kind. */
final class KindRules {

    private final CompiledRule[] rules;
    private final DemandIndex index;

    /** The bits of the rules that the event at hand may meet. */
    private final long[] found;

    KindRules(EventKind kind, List<CompiledRule> rules) {
        this.rules = rules.toArray(new CompiledRule[0]);
        this.index = new DemandIndex(
                rules.stream().map(rule -> rule.demand().of(kind)).toList());
        this.found = new long[DemandIndex.words(rules.size())];
    }

    void select(LogEvent event, Consumer<Candidate> now, Consumer<Candidate> later) {
        index.find(event, found);
        for (int word = 0; word < found.length; word++) {
            for (long bits = found[word]; bits != 0; bits &= bits - 1) {
                CompiledRule rule = rules[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                Candidate candidate = rule.candidate(event);
                if (candidate != null) {
                    (rule.waitsForAlerts() ? later : now).accept(candidate);
                }
            }
        }
    }
}
