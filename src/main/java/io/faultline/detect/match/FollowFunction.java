package io.faultline.detect.match;

import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.detect.match.track.SequenceFindings;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One group of a sequence in this thread, watched step by step: what became of each partial match, those included that
 * contiguity or a step that must not come ended without a word.
 */
final class FollowFunction implements AutoCloseable {

    private final SequencePattern sequence;
    private final AutomatonFunction automaton;
    private final SharedBuffer<Candidate> buffer;
    private final NFAState state;
    private final List<Reach> reaches = new ArrayList<>();
    private Collection<Partial> open = List.of();

    FollowFunction(SequencePattern sequence) {
        this.sequence = sequence;
        this.automaton = new AutomatonFunction(sequence);
        this.state = automaton.start();
        MemoryStoreFunction store = new MemoryStoreFunction();
        store.use(new RuleKey("", 0, ""));
        this.buffer = new SharedBuffer<>(
                store,
                TypeInformation.of(Candidate.class).createSerializer(new SerializerConfigImpl()),
                new SharedBufferCacheConfig());
    }

    /** A partial match; two are the same where their events are. */
    private record Partial(Map<String, List<Candidate>> steps, Set<Place> places) {

        /** What tells events apart, also those that were written nowhere. */
        private record Place(Origin origin, long timestamp, String text) {}

        static Partial of(Map<String, List<Candidate>> steps) {
            Set<Place> places = steps.values().stream()
                    .flatMap(List::stream)
                    .map(event -> new Place(event.origin(), event.timestamp(), event.text()))
                    .collect(Collectors.toSet());
            return new Partial(steps, places);
        }
    }

    /**
     * Feeds candidates in the order of their time.
     *
     * @param until how far the logs are known, in milliseconds
     * @return what came of all partial matches that did not become matches, the farthest first
     */
    List<Reach> follow(List<Candidate> candidates, long until) throws Exception {
        List<Candidate> inTime = candidates.stream()
                .sorted(Comparator.comparingLong(Candidate::timestamp).thenComparing(GroupsFunction.AS_WRITTEN))
                .toList();
        for (Candidate candidate : inTime) {
            feed(candidate.timestamp(), null);
            feed(candidate.timestamp(), candidate);
        }
        feed(until, null);
        open.forEach(partial -> add(partial.steps(), Reach.End.INPUT_OVER, until, null));
        reaches.sort(Reach.FARTHEST_FIRST);
        return reaches;
    }

    private void feed(long time, @Nullable Candidate event) throws Exception {
        var fed = automaton.feed(buffer, state, time, event == null ? List.of() : List.of(event));
        Map<Set<Partial.Place>, Partial> distinct = new LinkedHashMap<>();
        for (var steps : automaton.partials(buffer, state)) {
            Partial partial = Partial.of(steps);
            distinct.putIfAbsent(partial.places(), partial);
        }
        fed.timedOut().forEach(partial -> add(partial.f0, Reach.End.TIME_OVER, partial.f1, null));
        if (event != null && fed.matches().isEmpty()) {
            open.stream()
                    .filter(partial ->
                            distinct.keySet().stream().noneMatch(places -> places.containsAll(partial.places())))
                    .forEach(partial -> add(partial.steps(), Reach.End.OTHER_EVENT, time, event));
        }
        open = distinct.values();
    }

    private void add(Map<String, List<Candidate>> steps, Reach.End end, long at, @Nullable Candidate by) {
        List<Candidate> met = steps.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Candidate::timestamp))
                .toList();
        int missing = SequenceFindings.missing(sequence, steps);
        reaches.add(new Reach(sequence, met, missing, end, Instant.ofEpochMilli(at), by));
    }

    @Override
    public void close() {
        buffer.releaseCacheStatisticsTimer();
    }
}
