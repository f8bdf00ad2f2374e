package io.faultline.detect.match.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.story.Story;
import io.faultline.model.Attributes;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionCompilerTest {

    private final LogEvent step = SampleRules.event(
            EventKind.TRAINING_STEP,
            Story.START,
            Measures.builder()
                    .put("loss", Double.NaN)
                    .put("step", 48)
                    .put("grad_norm", 0.5)
                    .build(),
            Attributes.of("outcome", "failure"));

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "kind == 'training.step'                                => true",
                "kind != 'training.step'                                => false",
                "kind in ['gpu.xid', 'training.step']                   => true",
                "measures.step in [46, 48]                              => true",
                "measures.step in [46, 49]                              => false",
                "measures.step == 48 && measures.step >= 48.0           => true",
                "measures.step != 48                                    => false",
                "measures.grad_norm < measures.step                     => true",
                "isNan(measures.loss)                                   => true",
                "isNan(measures.step) || isNan(measures.tflops_per_gpu) => false",
                "isInf(measures.loss)                                   => false",
                "measures.loss > 1 || measures.loss <= 1                => false",
                "measures.tflops_per_gpu < 1                            => false",
                "measures.tflops_per_gpu != 1                           => false",
                "!(measures.tflops_per_gpu < 1)                         => true",
                "measures.step * 2 - 6 == 90                            => true",
                "-measures.step + 50.0 == 2                             => true",
                "measures.step % 10 == 8 && measures.step / 96 == 0.5   => true",
                "measures.step / (1 / 2) > 1                            => true",
                "measures.step + measures.tflops_per_gpu != 0           => false",
                "size(message) == 15 && message.size() > 14             => true",
                "measures.step > (severity > 8 ? 47 : 1000)             => true",
                "(has(measures.tflops_per_gpu) ? measures.tflops_per_gpu : 1.0) == 1 => true",
                "(kind == 'gpu.xid' ? node : job) == 'train-llm'        => true",
                "job + '/' + attributes.outcome in ['train-llm/failure'] => true",
                "message.containsAny(['nothing', 'about'])              => true",
                "message.startsWithAny(['line', 'about'])               => false",
                "message.endsWithAny(['line', ' it'])                   => true",
                "has(measures.loss) && !has(measures.tflops_per_gpu)    => true",
                "has(attributes.outcome) && !has(attributes.path)       => true",
                "attributes.outcome == 'failure'                        => true",
                "attributes.path == ''                                  => true",
                "node == '' && job.startsWith('train')                  => true",
                "message.contains('line') && message.endsWith('it')     => true",
                "message.matches('l[aeiou]ne')                          => true",
                "severity >= 17                                         => false",
                "format == 'megatron' || true                           => true"
            })
    void holdsAsItIsWritten(String text, boolean expected) {
        List<String> problems = new ArrayList<>();

        Condition condition = new ConditionCompiler().compile(text, problems::add);

        assertThat(problems).isEmpty();
        assertThat(condition.holds(step)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "measures.los > 1            => unknown measure or attribute \"los\", did you mean \"loss\"?",
                "attributes.outcom == 'a'    => unknown measure or attribute \"outcom\", did you mean \"outcome\"?",
                "kind == 'trainig.step'      => unknown kind \"trainig.step\", did you mean \"training.step\"?",
                "kind in ['gpu.xit']         => unknown kind \"gpu.xit\", did you mean \"gpu.xid\"?",
                "nod == 'gpu-a1'             => unknown name \"nod\", did you mean \"node\"?",
                "severity / 2 > 3            => whole numbers would be divided here and lose the rest; write one with a point",
                "measures.loss > 1 / 0       => can not be computed: / by zero",
                "measures.step == 9007199254740993 => 9007199254740993 is too large to be exact",
                "message.size() > 'a'.size() + size(measures) => at column 35: found no matching overload for 'size'",
                "(kind == 'gpu.xid') == true => \"==\" is not covered",
                "message.matches('(')        => \"(\" is no pattern: missing closing )",
                "measures.loss               => is a double, but a condition is true or false",
                "measures.loss >             => at column 16: mismatched input"
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String text, String problem) {
        List<String> problems = new ArrayList<>();

        Condition condition = new ConditionCompiler().compile(text, problems::add);

        assertThat(problems).hasSize(1).first().asString().startsWith(problem);
        assertThat(condition.holds(step)).isFalse();
    }

    @Test
    void knowsTheOnlyKindsThatItCanHoldFor() {
        ConditionCompiler compiler = new ConditionCompiler();

        assertThat(kinds(compiler, "kind == 'gpu.xid' && measures.xid_code == 79"))
                .containsExactly("gpu.xid");
        assertThat(kinds(compiler, "kind == 'gpu.xid' || kind in ['link.down']"))
                .containsExactlyInAnyOrder("gpu.xid", "link.down");
        assertThat(kinds(compiler, "kind == 'gpu.xid' || severity > 16")).isEmpty();
        assertThat(kinds(compiler, "!(kind == 'gpu.xid')")).isEmpty();
    }

    private static Iterable<String> kinds(ConditionCompiler compiler, String text) {
        return compiler.compile(text, problem -> assertThat(problem).isNull()).kinds();
    }
}
