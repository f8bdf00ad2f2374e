package io.faultline.collect.enrich;

import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the logs of one stream teach about where things are: torchelastic and NCCL say which rank runs on which node, NCCL
 * which process is which rank, the driver and nvidia-smi which UUID is at which PCI address. Subjects are texts, as {@code
 * rank/train-llm/13}.
 */
public interface Learned {

    /** Nothing learned, nothing kept. */
    Learned NOTHING = new Learned() {
        @Override
        public @Nullable Place of(String subject) {
            return null;
        }

        @Override
        public void keep(String subject, Place place) {}
    };

    /** For one stream that is read to its end in one thread. */
    static Learned inMemory() {
        Map<String, Place> places = new HashMap<>();
        return new Learned() {
            @Override
            public @Nullable Place of(String subject) {
                return places.get(subject);
            }

            @Override
            public void keep(String subject, Place place) {
                places.put(subject, place);
            }
        };
    }

    @Nullable
    Place of(String subject);

    void keep(String subject, Place place);

    /** Keeps what an event teaches; asks first, since most repeat what is known. */
    default void from(LogEvent event) {
        Entity entity = event.entity();
        String node = entity.node();
        if (node == null) {
            return;
        }
        String rank = entity.rank();
        if (rank != null && entity.job() != null) {
            learn(rankOf(entity.job(), rank), new Place(node, entity.gpu(), null));
            String pid = event.attributes().get("pid");
            if (pid != null) {
                learn(process(node, pid), new Place(null, entity.gpu(), rank));
            }
        }
        String uuid = event.attributes().get("gpu_uuid");
        if (uuid != null && entity.gpu() != null && !entity.gpu().equals(uuid)) {
            learn(uuid, new Place(node, entity.gpu(), null));
        }
    }

    private void learn(String subject, Place place) {
        if (!place.equals(of(subject))) {
            keep(subject, place);
        }
    }

    static String rankOf(String job, String rank) {
        return "rank/" + job + "/" + rank;
    }

    static String process(String node, String pid) {
        return "process/" + node + "/" + pid;
    }
}
