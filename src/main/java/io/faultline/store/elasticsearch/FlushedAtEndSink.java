package io.faultline.store.elasticsearch;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.sink.RichSinkFunction;
import org.apache.flink.streaming.connectors.elasticsearch7.ElasticsearchSink;

/**
 * The connector's sink, which waits for its last bulk when the input ends. By itself it sends that bulk when it is closed and
 * closes the connection under it, so that a bounded job without a last checkpoint loses what it found last.
 */
@SuppressWarnings("deprecation") // as DocumentSink says
final class FlushedAtEndSink<T> extends RichSinkFunction<T> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final ElasticsearchSink<T> sink;

    FlushedAtEndSink(ElasticsearchSink<T> sink) {
        this.sink = sink;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        sink.setRuntimeContext(context);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        sink.initializeState(context);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        sink.open(context);
    }

    @Override
    public void invoke(T value, Context context) throws Exception {
        sink.invoke(value, context);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        sink.snapshotState(context);
    }

    /** A checkpoint is what makes the sink wait for its bulks; it does not look at which one it is. */
    @Override
    public void finish() throws Exception {
        sink.snapshotState(new EndOfInput());
    }

    @Override
    public void close() throws Exception {
        sink.close();
    }

    private record EndOfInput() implements FunctionSnapshotContext {
        @Override
        public long getCheckpointId() {
            return Long.MAX_VALUE;
        }

        @Override
        public long getCheckpointTimestamp() {
            return Long.MAX_VALUE;
        }
    }
}
