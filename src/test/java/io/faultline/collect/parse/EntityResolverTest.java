package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.collect.parse.format.Family;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntityResolverTest {

    @Test
    void takesTheFilesNameForTheJobOfATrainingLog() {
        Entity entity = resolve(Entity.UNKNOWN, Attributes.NONE, Family.TRAINING, "logs/train-llm.rank0.log");

        assertThat(entity).isEqualTo(Entity.ofJob("train-llm"));
    }

    @Test
    void takesTheFilesNameForReplicaAndServiceOfAnEngine() {
        Entity entity = resolve(Entity.UNKNOWN, Attributes.NONE, Family.INFERENCE, "logs/chat-12.log");

        assertThat(entity.replica()).isEqualTo("chat-12");
        assertThat(entity.service()).isEqualTo("chat");
    }

    @Test
    void believesTheLineBeforeTheEnvelopeAndThatBeforeTheFilesName() {
        Attributes envelope = Attributes.of("host", "shipper-7").with("job", "tune-llm");

        Entity entity = resolve(Entity.ofNode("gpu-a1"), envelope, Family.TRAINING, "logs/train-llm.log");

        assertThat(entity.node()).isEqualTo("gpu-a1");
        assertThat(entity.job()).isEqualTo("tune-llm");
    }

    @Test
    void namesNothingAfterAFileOfUnknownFamilyOrStandardInput() {
        TextLog stdin = new TextLog(Origin.stdin(1), Instant.EPOCH, "-", "", Attributes.NONE, false);

        assertThat(resolve(Entity.UNKNOWN, Attributes.NONE, Family.GENERIC, "logs/any.log"))
                .isEqualTo(Entity.UNKNOWN);
        assertThat(EntityResolver.resolve(Entity.UNKNOWN, Attributes.NONE, Family.TRAINING, false, stdin))
                .isEqualTo(Entity.UNKNOWN);
    }

    @Test
    void takesWhatFailsAndSaysNothingOfItselfForAJobNamedAfterItsFile() {
        Attributes container = Attributes.of("pod", "chat-7d9f8b6c5d-x2x4z");

        assertThat(resolve(Entity.UNKNOWN, Attributes.NONE, Family.GENERIC, true, "logs/finetune.err.log"))
                .isEqualTo(Entity.ofJob("finetune"));
        assertThat(resolve(Entity.UNKNOWN, container, Family.GENERIC, true, "logs/0.log")
                        .job())
                .isNull();
    }

    @Test
    void takesAKafkaRecordsKeyButNotItsPartition() {
        Origin origin = Origin.kafka("logs", 3, 17);
        TextLog keyed = new TextLog(origin, Instant.EPOCH, "train-llm", "", Attributes.NONE, false);
        TextLog keyless = new TextLog(origin, Instant.EPOCH, "logs-3", "", Attributes.NONE, false);

        assertThat(EntityResolver.resolve(Entity.UNKNOWN, Attributes.NONE, Family.TRAINING, false, keyed)
                        .job())
                .isEqualTo("train-llm");
        assertThat(EntityResolver.resolve(Entity.UNKNOWN, Attributes.NONE, Family.TRAINING, false, keyless)
                        .job())
                .isNull();
    }

    private static Entity resolve(Entity said, Attributes attributes, Family family, String file) {
        return resolve(said, attributes, family, false, file);
    }

    private static Entity resolve(Entity said, Attributes attributes, Family family, boolean uncaught, String file) {
        TextLog log = new TextLog(Origin.file(file, 1), Instant.EPOCH, file, "", attributes, false);
        return EntityResolver.resolve(said, attributes, family, uncaught, log);
    }
}
