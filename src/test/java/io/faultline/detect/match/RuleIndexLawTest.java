package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.life.RunningRules;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the index finds is what testing every rule finds. */
class RuleIndexLawTest {

    private static final int RULES = 50;
    private static final int EVENTS = 200;

    private final ConditionCompiler compiler = new ConditionCompiler();

    @Property(tries = 16)
    void theIndexLosesNoCandidateAndKeepsTheirOrder(@ForAll long seed) {
        DrawnRules drawn = new DrawnRules(new Random(seed));
        List<RuleFile> files = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            files.add(SampleRules.file("rule-" + (100 + i), drawn.pattern()));
        }
        List<CompiledRule> rules = new RunningRules(RuleSet.of("drawn", files))
                .all().stream()
                        .map(rule -> new CompiledRule(rule, compiler, tooDear -> {}))
                        .toList();
        RuleIndex index = new RuleIndex(rules);

        for (int i = 0; i < EVENTS; i++) {
            LogEvent event = drawn.event();
            List<Candidate> tested = rules.stream()
                    .filter(rule -> rule.mayCareAbout(event.kind()))
                    .map(rule -> rule.candidate(event))
                    .filter(Objects::nonNull)
                    .toList();
            List<Candidate> found = new ArrayList<>();
            index.select(event, found::add, found::add);
            assertThat(found).as("%s of %s", event, files).isEqualTo(tested);
        }
    }
}
