package io.faultline.store.kafka;

import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The topic of rejected inputs, read to its present end. What was put back is taken out by a record without a value. */
public final class RejectedTopic {

    private final KeyedTopic topic;

    public RejectedTopic(TopicSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", settings.bootstrapServers());
        topic = new KeyedTopic(settings.rejectedTopic(), properties);
    }

    /**
     * What is kept and was not put back, the oldest of a partition first.
     *
     * @throws IOException where a record is none of ours
     */
    public List<KeptReject> read() throws IOException {
        List<KeptReject> kept = new ArrayList<>();
        for (Map.Entry<String, byte[]> record : topic.read().entrySet()) {
            kept.add(KeptReject.read(record.getKey(), record.getValue()));
        }
        return kept;
    }

    /** Takes out what was put back. */
    public void settle(List<KeptReject> putBack) throws IOException {
        try {
            topic.write(putBack.stream()
                    .map(reject -> new KeyedTopic.Entry(reject.key(), null))
                    .toList());
        } catch (IOException e) {
            throw new IOException(
                    "what says that inputs were put back is not kept; a replay would put them back again: "
                            + e.getMessage(),
                    e);
        }
    }
}
