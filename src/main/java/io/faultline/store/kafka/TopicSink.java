package io.faultline.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.model.Incident;
import io.faultline.model.Rejected;
import io.faultline.model.RuleStatus;
import io.faultline.store.document.Document;
import io.faultline.store.document.IncidentDocument;
import io.faultline.store.document.RejectedDocument;
import io.faultline.store.document.RuleStatusDocument;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Ends streams in Kafka topics, at least once: the key is the same in a replay, so that a compacted topic holds each
 * incident once. The caller gives the operator its name and uid.
 */
public final class TopicSink {

    private TopicSink() {}

    /** Incidents, keyed by their id. */
    public static DataStreamSink<Incident> incidents(DataStream<Incident> incidents, TopicSettings settings) {
        return add(incidents, settings, settings.incidentsTopic(), new IncidentDocument(), Incident::id);
    }

    /** Rejected inputs, keyed by their origin. */
    public static DataStreamSink<Rejected> rejected(DataStream<Rejected> rejected, TopicSettings settings) {
        return add(rejected, settings, settings.rejectedTopic(), new RejectedDocument(), value -> value.origin()
                .toString());
    }

    /** What became of rules; the last of each rule and task stays. */
    public static DataStreamSink<RuleStatus> ruleStatus(DataStream<RuleStatus> status, TopicSettings settings) {
        return add(
                status,
                settings,
                settings.ruleStatusTopic(),
                new RuleStatusDocument(),
                value -> value.rule() + "/" + value.task());
    }

    private static <T> DataStreamSink<T> add(
            DataStream<T> stream, TopicSettings settings, String topic, Document<T> document, Key<T> key) {
        return stream.sinkTo(KafkaSink.<T>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Schema<>(topic, document, key))
                .build());
    }

    private interface Key<T> extends Function<T, String>, Serializable {}

    private record Schema<T>(String topic, Document<T> document, Key<T> key)
            implements KafkaRecordSerializationSchema<T> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(T value, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(topic, key.apply(value).getBytes(UTF_8), document.write(value));
        }
    }
}
