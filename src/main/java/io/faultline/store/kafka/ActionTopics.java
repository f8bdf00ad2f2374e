package io.faultline.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.store.document.ActionDocument;
import io.faultline.store.document.ActionResultDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two topics between the job and an executor: actions in, results out. An action counts as read when its result is
 * kept, so one that was under way when the executor died is read again.
 */
public final class ActionTopics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ActionTopics.class);

    private final KafkaConsumer<byte[], byte[]> actions;
    private final KafkaProducer<byte[], byte[]> results;
    private final KeyedTopic told;
    private final String resultsTopic;
    private boolean tookOver;

    /**
     * @param kafka where the topics are, who we are, and the consumer group
     * @param longest how long one action may take; the group does without an executor that takes longer
     */
    public ActionTopics(String actionsTopic, String resultsTopic, Properties kafka, Duration longest) {
        Properties consuming = new Properties();
        consuming.putAll(kafka);
        consuming.setProperty("auto.offset.reset", "earliest");
        consuming.setProperty("enable.auto.commit", "false");
        consuming.setProperty("max.poll.records", "1");
        consuming.setProperty("max.poll.interval.ms", String.valueOf(longest.toMillis()));
        Properties producing = new Properties();
        producing.putAll(kafka);
        producing.remove("group.id");
        producing.setProperty("enable.idempotence", "true");
        Properties reading = new Properties();
        reading.putAll(producing);
        this.resultsTopic = resultsTopic;
        this.told = new KeyedTopic(resultsTopic, reading);
        this.actions = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.results = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        actions.subscribe(List.of(actionsTopic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // what was polled is done with before the next poll
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                tookOver = true;
            }
        });
    }

    /** Whether the last poll gave this executor actions that were another one's until then, or nobody's. */
    public boolean tookOver() {
        boolean took = tookOver;
        tookOver = false;
        return took;
    }

    /** The results that are kept, in the order in which they were told. */
    public List<ActionResult> told() throws IOException {
        List<ActionResult> results = new ArrayList<>();
        for (byte[] result : told.read().values()) {
            results.add(ActionResultDocument.read(result));
        }
        return results;
    }

    /**
     * The actions that are new, in their order.
     *
     * @param patience how long to wait for one
     * @param unreadable is told of a record that is no action; it is passed over
     */
    public List<ActionRequest> poll(Duration patience, Consumer<String> unreadable) {
        List<ActionRequest> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : actions.poll(patience)) {
            if (record.value() == null) {
                continue;
            }
            try {
                read.add(ActionDocument.read(record.value()));
            } catch (IOException e) {
                unreadable.accept(
                        record.topic() + '/' + record.partition() + '@' + record.offset() + ": " + e.getMessage());
            }
        }
        return read;
    }

    /** Keeps a result. */
    public void tell(ActionResult result) throws IOException, InterruptedException {
        ActionResultDocument document = new ActionResultDocument();
        try {
            results.send(new ProducerRecord<>(
                            resultsTopic, document.id(result).getBytes(UTF_8), document.write(result)))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException(resultsTopic + " does not take a result: " + e.getCause(), e);
        }
    }

    /** What was polled is done with. Where that can not be kept now, it is read again, by this executor or another one. */
    public void settle() {
        try {
            actions.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            LOG.warn("What was read could not be settled and will be read again: {}", e.getMessage());
        }
    }

    /** Ends a poll that waits, from another thread. */
    public void wakeUp() {
        actions.wakeup();
    }

    @Override
    public void close() {
        results.close();
        actions.close();
    }
}
