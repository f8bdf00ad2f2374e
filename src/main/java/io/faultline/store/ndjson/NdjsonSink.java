package io.faultline.store.ndjson;

import io.faultline.store.document.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/**
 * Writes a stream to one file, each line once: the length at a checkpoint is state, and a restart cuts the file there. A
 * run that starts without state starts the file anew. Lines are readable after a checkpoint and at the end.
 *
 * @param <T> the record
 */
public final class NdjsonSink<T> implements Sink<T>, SupportsWriterState<T, Long> {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final Document<T> document;

    private NdjsonSink(String file, Document<T> document) {
        this.file = file;
        this.document = document;
    }

    /** Ends a stream in {@code NAME.ndjson} of the directory. The caller gives the operator its name and uid. */
    public static <T> DataStreamSink<T> add(DataStream<T> stream, Document<T> document, NdjsonSettings settings) {
        String file = Path.of(settings.directory(), document.name() + ".ndjson").toString();
        // one file has one writer
        return stream.sinkTo(new NdjsonSink<>(file, document)).setParallelism(1);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(NdjsonFile.open(Path.of(file), 0), document);
    }

    // still abstract in 1.20, and no longer called
    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public SinkWriter<T> createWriter(InitContext context) throws IOException {
        return new Writer<>(NdjsonFile.open(Path.of(file), 0), document);
    }

    @Override
    public StatefulSinkWriter<T, Long> restoreWriter(WriterInitContext context, Collection<Long> lengths)
            throws IOException {
        long length = lengths.stream().mapToLong(Long::longValue).max().orElse(0);
        return new Writer<>(NdjsonFile.open(Path.of(file), length), document);
    }

    @Override
    public SimpleVersionedSerializer<Long> getWriterStateSerializer() {
        return new LengthSerializer();
    }

    /** State: the file's length in bytes, one number; ends with the job. */
    private record Writer<T>(NdjsonFile file, Document<T> document) implements StatefulSinkWriter<T, Long> {

        @Override
        public void write(T value, Context context) throws IOException {
            file.write(document.write(value));
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            file.flush();
        }

        @Override
        public List<Long> snapshotState(long checkpoint) throws IOException {
            return List.of(file.flush());
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class LengthSerializer implements SimpleVersionedSerializer<Long> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Long length) {
            return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
        }

        @Override
        public Long deserialize(int version, byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }
    }
}
