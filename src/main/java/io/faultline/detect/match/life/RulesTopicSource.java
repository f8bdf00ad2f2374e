package io.faultline.detect.match.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The commands of a compacted topic with one partition, from its beginning. */
public final class RulesTopicSource {

    private RulesTopicSource() {}

    /**
     * @param kafka where the topic is and who we are
     * @param bounded whether to end where the topic ends now
     */
    public static KafkaSource<RuleCommand> of(String topic, Properties kafka, boolean bounded) {
        KafkaSourceBuilder<RuleCommand> source = KafkaSource.<RuleCommand>builder()
                .setProperties(kafka)
                .setTopics(topic)
                .setGroupId("faultline-rules")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RecordToCommand());
        return (bounded ? source.setBounded(OffsetsInitializer.latest()) : source).build();
    }

    static final class RecordToCommand implements KafkaRecordDeserializationSchema<RuleCommand> {

        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleCommand> out) {
            out.collect(new RuleCommand(text(record.key()), text(record.value())));
        }

        private static String text(byte[] bytes) {
            return bytes == null ? "" : new String(bytes, UTF_8);
        }

        @Override
        public TypeInformation<RuleCommand> getProducedType() {
            return TypeInformation.of(RuleCommand.class);
        }
    }
}
