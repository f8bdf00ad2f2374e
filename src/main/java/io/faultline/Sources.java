package io.faultline;

import io.faultline.model.RawLog;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where logs come from: Kafka, files and standard input in production, a bounded list in tests. */
public interface Sources {

    /**
     * The logs as they are read. Their watermarks only hold the parts of a source together and tell silence; the events'
     * own time is known once they are parsed.
     */
    DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment);

    /** Whether logs arrive as they are written, so that silence on the clock is silence of the writer. */
    boolean areLive();
}
