package io.faultline.store.kafka;

import io.faultline.model.ActionResult;
import io.faultline.store.document.ActionResultDocument;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What executors say came of orders. What is none of that is passed over with a warning. */
public final class ActionResultsSource {

    private ActionResultsSource() {}

    /** @param kafka where the topic is and who we are */
    public static KafkaSource<ActionResult> of(String topic, Properties kafka) {
        return KafkaSource.<ActionResult>builder()
                .setProperties(kafka)
                .setTopics(topic)
                .setGroupId("faultline-action-results")
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(new RecordToResult())
                .build();
    }

    static final class RecordToResult implements KafkaRecordDeserializationSchema<ActionResult> {

        private static final long serialVersionUID = 1;

        private static final Logger LOG = LoggerFactory.getLogger(ActionResultsSource.class);

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ActionResult> out) {
            if (record.value() == null) {
                return;
            }
            try {
                out.collect(ActionResultDocument.read(record.value()));
            } catch (IOException e) {
                LOG.warn("{}/{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }

        @Override
        public TypeInformation<ActionResult> getProducedType() {
            return TypeInformation.of(ActionResult.class);
        }
    }
}
