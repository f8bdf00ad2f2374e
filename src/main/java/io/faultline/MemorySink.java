package io.faultline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands records to a consumer in the same JVM: for the commands that run the job on an embedded cluster, and for tests.
 * Flink serialises sinks, so the consumer itself waits in a static table under a key. Several subtasks call it at once.
 */
final class MemorySink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Consumer<?>> CONSUMERS = new ConcurrentHashMap<>();

    private final String key;

    MemorySink(String key, Consumer<T> consumer) {
        this.key = key;
        CONSUMERS.put(key, consumer);
    }

    /** Forgets the consumer; called when the run is over. */
    static void forget(String key) {
        CONSUMERS.remove(key);
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still makes us implement the call that the other one replaced
    public SinkWriter<T> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        @SuppressWarnings("unchecked") // put by the constructor of the sink with this key
        Consumer<T> consumer = (Consumer<T>) CONSUMERS.get(key);
        if (consumer == null) {
            throw new IllegalStateException("nobody waits for " + key + " in this JVM");
        }
        return new Writer<>(consumer);
    }

    private record Writer<T>(Consumer<T> consumer) implements SinkWriter<T> {
        @Override
        public void write(T record, Context context) {
            consumer.accept(record);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
