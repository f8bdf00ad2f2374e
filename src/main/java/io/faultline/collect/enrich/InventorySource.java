package io.faultline.collect.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The pieces of the inventory, from a compacted topic, always from its beginning. */
public final class InventorySource {

    private InventorySource() {}

    /** @param kafka where the topic is and who we are */
    public static KafkaSource<InventoryPiece> of(EnrichSettings settings, Properties kafka) {
        return KafkaSource.<InventoryPiece>builder()
                .setProperties(kafka)
                .setTopics(settings.topic())
                .setGroupId("faultline-inventory")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RecordToPiece())
                .build();
    }

    /** The key names the piece; a record without a value takes it out. */
    static final class RecordToPiece implements KafkaRecordDeserializationSchema<InventoryPiece> {

        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<InventoryPiece> out) {
            String key = record.key() == null ? record.topic() : new String(record.key(), UTF_8);
            out.collect(new InventoryPiece(key, record.value() == null ? "" : new String(record.value(), UTF_8)));
        }

        @Override
        public TypeInformation<InventoryPiece> getProducedType() {
            return TypeInformation.of(InventoryPiece.class);
        }
    }
}
