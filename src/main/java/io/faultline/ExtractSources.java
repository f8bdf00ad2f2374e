package io.faultline;

import io.faultline.collect.source.KafkaExtract;
import io.faultline.collect.source.KafkaLogsSource;
import io.faultline.collect.source.LogFilesSource;
import io.faultline.model.RawLog;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A part of what Kafka holds. */
record ExtractSources(KafkaExtract extract) implements Sources {

    @Override
    public DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment) {
        return environment
                .fromSource(KafkaLogsSource.of(extract), LogFilesSource.lineTimes(), "source-kafka")
                .uid("source-kafka");
    }

    @Override
    public boolean areLive() {
        return false;
    }
}
