package io.faultline;

import io.faultline.model.RawLog;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where logs come from: Kafka, files and standard input in production, a bounded list in tests. */
public interface Sources {

    /** The logs as they are read. The sources emit no watermarks: a line's own time is known only once it is parsed. */
    DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment);
}
