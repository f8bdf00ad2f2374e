package io.faultline.detect.match;

import io.faultline.detect.match.track.RuleKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state in plain memory, for rules that are tried without a cluster. As in Flink's heap backend, what is read is what
 * was written, not a copy.
 */
final class MemoryStoreFunction implements KeyedStateStore {

    private final List<Map<RuleKey, ?>> states = new ArrayList<>();
    private RuleKey key = new RuleKey("", 0, "");

    /** From now on all states are those of this key. */
    void use(RuleKey current) {
        key = current;
    }

    /** How many keys have a value, summed over all states. */
    int entries() {
        return states.stream().mapToInt(Map::size).sum();
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return new Values<>();
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return new Elements<>();
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return new Reduced<>(descriptor.getReduceFunction());
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        return new Aggregated<>(descriptor.getAggregateFunction());
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return new Entries<>();
    }

    /** One state: a cell a key. */
    private abstract class Cells<C> implements State {
        private final Map<RuleKey, C> cells = new LinkedHashMap<>();

        Cells() {
            states.add(cells);
        }

        @Nullable
        C cell() {
            return cells.get(key);
        }

        void put(C content) {
            cells.put(key, content);
        }

        @Override
        public void clear() {
            cells.remove(key);
        }
    }

    private final class Values<T> extends Cells<T> implements ValueState<T> {
        @Override
        public @Nullable T value() {
            return cell();
        }

        @Override
        public void update(T value) {
            put(value);
        }
    }

    private final class Elements<T> extends Cells<List<T>> implements ListState<T> {
        @Override
        public Iterable<T> get() {
            List<T> elements = cell();
            return elements == null ? List.of() : elements;
        }

        @Override
        public void add(T value) {
            addAll(List.of(value));
        }

        @Override
        public void addAll(List<T> values) {
            List<T> all = new ArrayList<>();
            get().forEach(all::add);
            all.addAll(values);
            update(all);
        }

        @Override
        public void update(List<T> values) {
            put(new ArrayList<>(values));
        }
    }

    private final class Reduced<T> extends Cells<T> implements ReducingState<T> {
        private final ReduceFunction<T> reduce;

        Reduced(ReduceFunction<T> reduce) {
            this.reduce = reduce;
        }

        @Override
        public @Nullable T get() {
            return cell();
        }

        @Override
        public void add(T value) throws Exception {
            T before = cell();
            put(before == null ? value : reduce.reduce(before, value));
        }
    }

    private final class Aggregated<I, A, O> extends Cells<A> implements AggregatingState<I, O> {
        private final AggregateFunction<I, A, O> aggregate;

        Aggregated(AggregateFunction<I, A, O> aggregate) {
            this.aggregate = aggregate;
        }

        @Override
        public @Nullable O get() {
            A before = cell();
            return before == null ? null : aggregate.getResult(before);
        }

        @Override
        public void add(I value) {
            A before = cell();
            put(aggregate.add(value, before == null ? aggregate.createAccumulator() : before));
        }
    }

    private final class Entries<K, V> extends Cells<Map<K, V>> implements MapState<K, V> {
        private Map<K, V> map() {
            Map<K, V> map = cell();
            return map == null ? Map.of() : map;
        }

        @Override
        public @Nullable V get(K name) {
            return map().get(name);
        }

        @Override
        public void put(K name, V value) {
            Map<K, V> map = cell();
            Map<K, V> kept = map == null ? new LinkedHashMap<>() : map;
            kept.put(name, value);
            put(kept);
        }

        @Override
        public void putAll(Map<K, V> more) {
            more.forEach(this::put);
        }

        @Override
        public void remove(K name) {
            Map<K, V> map = cell();
            if (map != null && map.remove(name) != null && map.isEmpty()) {
                clear();
            }
        }

        @Override
        public boolean contains(K name) {
            return map().containsKey(name);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() {
            return map().entrySet();
        }

        @Override
        public Iterable<K> keys() {
            return map().keySet();
        }

        @Override
        public Iterable<V> values() {
            return map().values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return map().entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return map().isEmpty();
        }
    }
}
