package io.faultline.detect.match.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.condition.ConditionCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            textBlock =
                    """
                    loss > 1 && kind == 'training.step'         → measures.loss > 1 && kind == 'training.step'
                    (loss > 1.5 || step >= 0x10) && !(job == "")  → (measures.loss > 1.5 || measures.step >= 16) && !(job == '')
                    measures.loss * 2 - step / 3 > -1           → measures.loss * 2 - measures.step / 3 > -1
                    loss > 10M                                  → measures.loss > 10
                    loss != nil && error == nil                 → has(measures.loss) && !has(attributes.error)
                    node != nil                                 → node != ''
                    message =~ /NCCL \\d+/                      → message.matches('^(?:NCCL \\\\d+)$')
                    string.contains(message, 'it\\'s')          → message.contains('it\\'s')
                    string.startsWith(node, 'gpu-')             → node.startsWith('gpu-')
                    loss + 1 == step                            → measures.loss + 1 == measures.step
                    loss > 1 ? step > 2 : step > 3              → measures.loss > 1 ? measures.step > 2 : measures.step > 3
                    body.price > 3                              → measures.value > 3
                    true                                        → true
                    """)
    void becomesCel(String expression, String cel) {
        List<String> problems = new ArrayList<>();

        assertThat(Expression.toCel(expression, Map.of("body.price", "measures.value"), problems::add))
                .isEqualTo(cel);
        new ConditionCompiler().compile(cel, problems::add);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            textBlock =
                    """
                    loss >                     → more is expected at the end, at character 7
                    loss > 1 & step            → & has no counterpart in CEL, at character 10
                    loss in (1)                → in has no counterpart in CEL, at character 6
                    loss[0] > 1                → [ has no counterpart in CEL, at character 5
                    x = 3                      → = has no counterpart in CEL, at character 3
                    seq.max(loss) > 1          → the function seq.max has no counterpart in CEL
                    nil == loss                → nil can only be compared with by == and !=
                    job == '#{node}'           → #{…} in a text has no counterpart in CEL
                    loss > 'a                  → "'a" can not be read
                    message =~ pattern         → "pattern" can not be read
                    """)
    void tellsWhatHasNoCounterpart(String expression, String problem) {
        List<String> problems = new ArrayList<>();

        Expression.toCel(expression, Map.of(), problems::add);

        assertThat(problems).contains(problem);
    }
}
