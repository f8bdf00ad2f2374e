package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectFunctionTest {

    private static final RuleSet OUT_OF_MEMORY = SampleRules.rule(
            "memory",
            """
            kind: sequence
            match:
              - name: gpu
                where: kind == 'memory.exhausted' && attributes.memory == 'gpu' && measures.free_bytes < 100
            """);

    @Test
    void carriesTheBitsAndOnlyTheNumbersThatTheRuleLooksAt() {
        Measures measures = Measures.builder()
                .put("free_bytes", 7)
                .put("capacity_bytes", 80e9)
                .build();

        List<Candidate> candidates = select(OUT_OF_MEMORY, event("gpu", measures));

        assertThat(candidates).hasSize(1);
        Candidate candidate = candidates.get(0);
        assertThat(candidate.key()).isEqualTo(new RuleKey("memory", 1, "job=train-llm"));
        assertThat(candidate.mask()).isEqualTo(1);
        assertThat(candidate.measures()).isEqualTo(Measures.of("free_bytes", 7));
    }

    @Test
    void leavesEventsThatNoRuleCaresAboutWhereTheyAre() {
        assertThat(select(OUT_OF_MEMORY, event("host", Measures.of("free_bytes", 7))))
                .isEmpty();
        assertThat(select(OUT_OF_MEMORY, event("gpu", Measures.NONE))).isEmpty();
        assertThat(select(OUT_OF_MEMORY, SampleRules.step(0))).isEmpty();
    }

    @Test
    void leavesEventsThatAreAnException() {
        RuleSet rules = SampleRules.rule(
                "memory",
                """
                kind: sequence
                exceptions:
                  - measures.free_bytes > 50
                  - job == 'a-test'
                match:
                  - name: gpu
                    where: kind == 'memory.exhausted'
                """);

        assertThat(select(rules, event("gpu", Measures.of("free_bytes", 51)))).isEmpty();
        assertThat(select(rules, event("gpu", Measures.of("free_bytes", 50)))).hasSize(1);
        assertThat(select(rules, event("gpu", Measures.NONE).withEntity(Entity.ofJob("a-test"))))
                .isEmpty();
    }

    @Test
    void leavesEventsThatKnowNoPartOfTheGroup() {
        LogEvent event = event("gpu", Measures.of("free_bytes", 7)).withEntity(Entity.ofNode("gpu-a1"));

        assertThat(select(OUT_OF_MEMORY, event)).isEmpty();
    }

    private static LogEvent event(String memory, Measures measures) {
        return SampleRules.event(EventKind.MEMORY_EXHAUSTED, Story.START, measures, Attributes.of("memory", memory));
    }

    private static List<Candidate> select(RuleSet rules, LogEvent event) {
        List<Candidate> candidates = new ArrayList<>();
        new RuleIndex(rules).select(event, candidates::add, candidates::add);
        return candidates;
    }
}
