package io.faultline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a step makes of the fleet, made anew where the fleet changed: what was written down before the job started, and in
 * its place what the inventory says since.
 *
 * @param <T> what is made of it
 */
public final class LiveFleet<T> {

    /** By {@link FleetEntry#key()}: what differs from what was written down, as much as the inventory's topic holds. */
    public static final MapStateDescriptor<String, FleetEntry> ENTRIES =
            new MapStateDescriptor<>("fleet", Types.STRING, TypeInformation.of(FleetEntry.class));

    private final Fleet written;
    private final Function<Fleet, T> view;
    private @Nullable T now;

    public LiveFleet(Fleet written, Function<Fleet, T> view) {
        this.written = written;
        this.view = view;
    }

    /** Keeps what is said anew. A burst of entries costs nothing until the next look. */
    public void take(FleetEntry entry, BroadcastState<String, FleetEntry> entries) throws Exception {
        if (entry.isWithdrawn()) {
            entries.remove(entry.key());
        } else {
            entries.put(entry.key(), entry);
        }
        now = null;
    }

    public T now(ReadOnlyBroadcastState<String, FleetEntry> entries) throws Exception {
        T made = now;
        if (made == null) {
            List<FleetEntry> said = new ArrayList<>();
            for (Map.Entry<String, FleetEntry> entry : entries.immutableEntries()) {
                said.add(entry.getValue());
            }
            made = view.apply(said.isEmpty() ? written : written.with(said));
            now = made;
        }
        return made;
    }
}
