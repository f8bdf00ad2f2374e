package io.faultline.explain.context;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of one cluster, by name: the state of a function as plain Java sees it. */
interface Shelf<V> {

    @Nullable
    V get(String name);

    void put(String name, V value);

    void remove(String name);

    /** All that is there now; what is changed later does not change it. */
    Map<String, V> all();
}
