package io.faultline.detect.match.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is compiled answers as the CEL interpreter does. */
class InterpreterLawTest {

    private static final int EVENTS = 25;

    private final ConditionCompiler compiler = new ConditionCompiler();
    private final InterpretedCel interpreter = new InterpretedCel();

    @Property(tries = 1500)
    void compiledConditionsAnswerAsTheInterpreterDoes(@ForAll long seed) throws Exception {
        RandomCel random = new RandomCel(new Random(seed));
        RandomCel.Written written = random.condition(4);
        List<String> problems = new ArrayList<>();

        Condition compiled = compiler.compile(written.plain(), problems::add);
        InterpretedCel.Program interpreted = interpreter.program(written.guarded());

        assertThat(problems).as(written.plain()).isEmpty();
        for (int i = 0; i < EVENTS; i++) {
            LogEvent event = random.event();
            assertThat(compiled.holds(event))
                    .as("%s\n on %s %s %s", written.plain(), event.kind(), event.measures(), event.attributes())
                    .isEqualTo(interpreted.holds(event));
        }
    }

    /** An index that trusts the demands must lose nothing. */
    @Property(tries = 1500)
    void whatAConditionDemandsEachEventHasThatItHoldsFor(@ForAll long seed) {
        RandomCel random = new RandomCel(new Random(seed));
        String text = random.condition(4).plain();
        Condition compiled =
                compiler.compile(text, problem -> assertThat(problem).isNull());

        for (int i = 0; i < EVENTS; i++) {
            LogEvent event = random.event();
            if (compiled.holds(event)) {
                assertThat(meets(compiled.demands(), event))
                        .as("%s\n demands %s\n of %s %s", text, compiled.demands(), event.kind(), event.measures())
                        .isTrue();
            }
        }
    }

    private static boolean meets(Demands demands, LogEvent event) {
        boolean values = demands.values().entrySet().stream()
                .allMatch(demand -> demand.getValue().contains(value(demand.getKey(), event)));
        return values
                && demands.bounds().entrySet().stream().allMatch(demand -> {
                    double number = (Double) value(demand.getKey(), event);
                    return number >= demand.getValue().least()
                            && number <= demand.getValue().most();
                });
    }

    private static Object value(String name, LogEvent event) {
        String last = name.substring(name.indexOf('.') + 1);
        if (name.startsWith("measures.")) {
            return event.measures().getOr(last, Double.NaN) + 0.0;
        }
        Object variable = InterpretedCel.variable(name, event);
        return variable == null ? event.attributes().toMap().get(last) : variable;
    }
}
