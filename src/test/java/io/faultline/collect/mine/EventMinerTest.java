package io.faultline.collect.mine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventMinerTest {

    private final EventMiner miner = new EventMiner(MineSettings.defaults());

    @Test
    void givesLinesOfOneShapeOneTemplateAndTheirValues() {
        LogEvent first = miner.add(event("unknown", "shard 17 opened in 250 ms"));
        LogEvent second = miner.add(event("unknown", "shard 18 opened in 9 ms"));

        assertThat(first.template()).isNotEmpty().isEqualTo(second.template());
        assertThat(second.attributes().get("value_1")).isEqualTo("18");
        assertThat(miner.found()).singleElement().satisfies(found -> {
            assertThat(found.lines()).isEqualTo(2);
            assertThat(found.template().text()).startsWith("shard <*> opened in <*>");
            assertThat(found.successor()).isNull();
        });
    }

    @Test
    void leavesWhatAParserKnows() {
        LogEvent event = event("vllm", "Starting server 1");

        assertThat(miner.add(event)).isSameAs(event);
        assertThat(miner.found()).isEmpty();
    }

    @Test
    void namesTheSuccessorOfATemplateThatWasMerged() {
        for (String user : List.of("anna", "bert", "carl", "dora", "emil", "fritz", "gerd", "hans", "ida", "jan")) {
            miner.add(event("unknown", "session of " + user + " begins now"));
        }

        assertThat(miner.found()).anySatisfy(found -> {
            assertThat(found.template().text()).isEqualTo("session of anna begins now");
            assertThat(found.successor()).isNotNull();
            assertThat(found.successor().text()).isEqualTo("session of <*> begins now");
        });
    }

    private static LogEvent event(String format, String message) {
        return new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "",
                message,
                format,
                EventKind.LOG_OTHER,
                Entity.UNKNOWN,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.stdin(1));
    }
}
