package io.faultline.explain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignsTest {

    private static final Entity JOB = Entity.ofJob("train-llm").with(Level.CLUSTER, "lab");
    private static final Entity CHAT = Entity.UNKNOWN
            .with(Level.SERVICE, "chat")
            .with(Level.REPLICA, "chat-0")
            .with(Level.MODEL, "small-7b");

    @Test
    void takesTheStepOfAJobFromWhicheverRankWroteIt() {
        LogEvent event = event(
                EventKind.TRAINING_STEP,
                JOB.with(Level.RANK, "15").with(Level.NODE, "gpu-a2"),
                Measures.of("step", 41),
                Attributes.NONE);

        assertThat(signs(event))
                .extracting(Sign::key, Sign::entity, Sign::kind, Sign::step)
                .containsExactly(tuple("lab\njob/train-llm", JOB, Sign.Kind.STEP, 41.0));
    }

    @Test
    void countsEpochsWhereNoStepIsTold() {
        LogEvent event = event(EventKind.TRAINING_STEP, JOB, Measures.of("epoch", 0.25), Attributes.NONE);

        assertThat(signs(event)).extracting(Sign::step, Sign::name).containsExactly(tuple(0.25, Sign.EPOCH));
    }

    @Test
    void tellsAnExitFromAnEndAndFromWhatWasCancelled() {
        assertThat(signs(exit("failure", 17))).extracting(Sign::kind).containsExactly(Sign.Kind.EXIT);
        assertThat(signs(exit("terminated", 17))).extracting(Sign::kind).containsExactly(Sign.Kind.EXIT);
        assertThat(signs(exit("terminated", 9))).extracting(Sign::kind).containsExactly(Sign.Kind.STOP);
        assertThat(signs(exit("success", 9))).extracting(Sign::kind).containsExactly(Sign.Kind.SUCCESS);
    }

    @Test
    void readsAnEnginesReport() {
        assertThat(signs(report(3, 0, 120.5))).extracting(Sign::kind).containsExactly(Sign.Kind.MOVING);
        assertThat(signs(report(3, 0, 0))).extracting(Sign::kind).containsExactly(Sign.Kind.STUCK);
        assertThat(signs(report(0, 2, 0))).extracting(Sign::kind).containsExactly(Sign.Kind.STUCK);
        assertThat(signs(report(0, 0, 0))).extracting(Sign::kind).containsExactly(Sign.Kind.IDLE);
        assertThat(signs(event(EventKind.INFERENCE_STATS, CHAT, Measures.of("running_requests", 3), Attributes.NONE)))
                .as("says nothing of tokens")
                .isEmpty();
    }

    @Test
    void comparesEnginesServiceByService() {
        LogEvent event = event(
                "Initializing a V1 LLM engine (v0.12.0) with config: model='acme/small-7b', seed=0",
                EventKind.ENGINE_START,
                CHAT,
                Measures.of("world_size", 4),
                Attributes.of("version", "0.12.0"));

        assertThat(signs(event))
                .extracting(Sign::subject, Sign::kind, Sign::gpus, Sign::name, Sign::value)
                .containsExactly(
                        tuple("replica/chat-0", Sign.Kind.START, 4, "", ""),
                        tuple("service/chat", Sign.Kind.FACT, 0, Signs.VERSION, "0.12.0"),
                        tuple("service/chat", Sign.Kind.FACT, 0, Signs.CONFIGURATION, "model='acme/small-7b', seed=0"));
    }

    @Test
    void takesTheSizeOfACommunicatorThatBeginsAndNotOfOneThatEnds() {
        Attributes begun = Attributes.of("comm_size", "64").with("comm_state", "Init COMPLETE");
        Attributes ended = Attributes.of("comm_size", "64").with("comm_state", "Destroy COMPLETE");

        assertThat(signs(event(EventKind.LOG_OTHER, JOB, Measures.NONE, begun)))
                .extracting(Sign::gpus)
                .containsExactly(64);
        assertThat(signs(event(EventKind.LOG_OTHER, JOB, Measures.NONE, ended))).isEmpty();
    }

    @Test
    void takesWhatTheInventorySaysOfGpus() {
        LogEvent event = event(EventKind.TRAINING_STEP, JOB, Measures.of("step", 1), Attributes.of("gpus", "16"));

        assertThat(signs(event)).extracting(Sign::gpus, Sign::listedGpus).containsExactly(tuple(0, 16));
    }

    @Test
    void leavesOutWhatWasReadTwiceAndWhatTellsNothing() {
        LogEvent step = event(EventKind.TRAINING_STEP, JOB, Measures.of("step", 1), Attributes.NONE);

        assertThat(signs(step.marked(QualityMark.DUPLICATE))).isEmpty();
        assertThat(signs(event(EventKind.LOG_OTHER, JOB, Measures.NONE, Attributes.NONE)))
                .isEmpty();
        assertThat(signs(event(EventKind.TRAINING_STEP, Entity.UNKNOWN, Measures.of("step", 1), Attributes.NONE)))
                .isEmpty();
    }

    private static List<Sign> signs(LogEvent event) {
        List<Sign> signs = new ArrayList<>();
        Signs.of(event, signs::add);
        return signs;
    }

    private static LogEvent exit(String outcome, int severity) {
        return event("", severity, EventKind.PROCESS_EXIT, JOB, Measures.NONE, Attributes.of("outcome", outcome));
    }

    private static LogEvent report(double running, double waiting, double tokens) {
        Measures measures = Measures.builder()
                .put("prompt_tokens_per_second", 0)
                .put("generation_tokens_per_second", tokens)
                .put("running_requests", running)
                .put("waiting_requests", waiting)
                .build();
        return event(EventKind.INFERENCE_STATS, CHAT, measures, Attributes.NONE);
    }

    private static LogEvent event(EventKind kind, Entity entity, Measures measures, Attributes attributes) {
        return event("", kind, entity, measures, attributes);
    }

    private static LogEvent event(
            String message, EventKind kind, Entity entity, Measures measures, Attributes attributes) {
        return event(message, 9, kind, entity, measures, attributes);
    }

    private static LogEvent event(
            String message, int severity, EventKind kind, Entity entity, Measures measures, Attributes attributes) {
        Instant ten = Instant.parse("2026-03-01T10:00:00Z");
        return new LogEvent(
                ten,
                ten,
                severity,
                "",
                message,
                "any",
                kind,
                entity,
                measures,
                attributes,
                "",
                0,
                Origin.file("train-llm.log", 1));
    }
}
