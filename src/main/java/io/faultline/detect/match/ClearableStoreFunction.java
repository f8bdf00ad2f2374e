package io.faultline.detect.match;

import java.util.ArrayList;
import java.util.List;
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

/**
 * Gives flink-cep's shared buffer its states and remembers them, so that all that a group left behind can be cleared:
 * the buffer itself keeps a counter for each timestamp until it sees a later one.
 */
final class ClearableStoreFunction implements KeyedStateStore {

    private final KeyedStateStore store;
    private final List<State> given = new ArrayList<>();

    ClearableStoreFunction(KeyedStateStore store) {
        this.store = store;
    }

    /** Clears the current key's part of all states that were given. */
    void clear() {
        given.forEach(State::clear);
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return remember(store.getState(descriptor));
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return remember(store.getListState(descriptor));
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return remember(store.getReducingState(descriptor));
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        return remember(store.getAggregatingState(descriptor));
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return remember(store.getMapState(descriptor));
    }

    private <S extends State> S remember(S state) {
        given.add(state);
        return state;
    }
}
