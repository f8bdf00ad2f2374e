package io.faultline.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.model.ActionRequest;
import io.faultline.store.document.ActionDocument;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Ends the stream of actions in a topic, at least once. The key is the action's id, so that the states of an action keep
 * their order; an executor that sees one twice knows it by that.
 */
public final class ActionTopicSink {

    private ActionTopicSink() {}

    /** The caller gives the operator its name and uid. */
    public static DataStreamSink<ActionRequest> add(
            DataStream<ActionRequest> actions, String bootstrapServers, String topic) {
        return actions.sinkTo(KafkaSink.<ActionRequest>builder()
                .setBootstrapServers(bootstrapServers)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Schema(topic))
                .build());
    }

    private record Schema(String topic) implements KafkaRecordSerializationSchema<ActionRequest> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                ActionRequest request, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(topic, request.id().getBytes(UTF_8), new ActionDocument().write(request));
        }
    }
}
