package io.faultline;

import io.faultline.cli.KeptRejects;
import io.faultline.settings.SettingsException;
import io.faultline.store.document.KeptReject;
import io.faultline.store.elasticsearch.RejectedIndex;
import io.faultline.store.kafka.InputTopics;
import io.faultline.store.kafka.RejectedTopic;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rejected inputs of a configured job: in its topic of rejected inputs, where it has one, and in Elasticsearch. Inputs
 * are read from the topic if there is one, refused documents are in Elasticsearch alone.
 */
final class StoredRejects implements KeptRejects {

    private final JobSettings settings;
    private final Clock clock;
    private final @Nullable RejectedTopic topic;
    private final @Nullable RejectedIndex index;
    private @Nullable InputTopics inputs;

    StoredRejects(String name, JobSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        topic = settings.store().kafka().hasRejected()
                ? new RejectedTopic(settings.store().kafka())
                : null;
        index = settings.store().elasticsearch().isOn()
                ? new RejectedIndex(settings.store().elasticsearch())
                : null;
        if (topic == null && index == null) {
            throw new SettingsException(
                    name,
                    List.of("store: keeps no rejected inputs; set store.kafka.rejected-topic or"
                            + " store.elasticsearch.hosts, or name files"));
        }
    }

    @Override
    public List<KeptReject> read() throws IOException {
        List<KeptReject> kept = new ArrayList<>(topic == null ? List.of() : topic.read());
        if (index != null) {
            // What the topic has as well is read there.
            index.read().stream()
                    .filter(reject -> topic == null || reject.isRefusedDocument())
                    .forEach(kept::add);
        }
        return kept;
    }

    @Override
    public @Nullable String putBack(KeptReject reject, @Nullable String toTopic)
            throws IOException, InterruptedException {
        if (reject.isRefusedDocument()) {
            return index == null ? "Elasticsearch is not set" : index.offerAgain(reject);
        }
        if (!settings.source().kafka().isOn()) {
            return "the job reads no Kafka; write the inputs with --out";
        }
        if (inputs == null) {
            inputs = new InputTopics(settings.source().kafka().asProperties());
        }
        return inputs.putBack(reject, toTopic);
    }

    @Override
    public void settle(List<KeptReject> putBack) throws IOException {
        List<KeptReject> documents =
                putBack.stream().filter(KeptReject::isRefusedDocument).toList();
        List<KeptReject> others =
                putBack.stream().filter(reject -> !reject.isRefusedDocument()).toList();
        if (topic != null) {
            topic.settle(others);
        }
        if (index != null) {
            index.settle(topic == null ? putBack : documents, clock.instant());
        }
    }

    @Override
    public void close() throws IOException {
        if (inputs != null) {
            inputs.close();
        }
        if (index != null) {
            index.close();
        }
    }
}
