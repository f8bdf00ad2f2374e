package io.faultline.detect.match.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

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
                assertThat(meets(compiled.demand(), event))
                        .as("%s\n demands %s\n of %s %s", text, compiled.demand(), event.kind(), event.measures())
                        .isTrue();
            }
        }
    }

    private static boolean meets(Demand demand, LogEvent event) {
        if (demand instanceof Demand.All all) {
            return all.parts().stream().allMatch(part -> meets(part, event));
        }
        if (demand instanceof Demand.Any any) {
            return any.parts().stream().anyMatch(part -> meets(part, event));
        }
        if (demand instanceof Demand.Equal equal) {
            return equal.text().equals(value(equal.field(), event));
        }
        if (demand instanceof Demand.Containing containing) {
            return value(containing.field(), event) instanceof String text && text.contains(containing.part());
        }
        if (demand instanceof Demand.Within within) {
            return value(within.field(), event) instanceof Number number
                    && number.doubleValue() >= within.least()
                    && number.doubleValue() <= within.most();
        }
        return value(((Demand.Present) demand).field(), event) != null;
    }

    /** Null for what the event does not have. */
    private static @Nullable Object value(String name, LogEvent event) {
        String last = name.substring(name.indexOf('.') + 1);
        if (name.startsWith("measures.")) {
            return event.measures().toMap().get(last);
        }
        Object variable = InterpretedCel.variable(name, event);
        return variable == null ? event.attributes().toMap().get(last) : variable;
    }
}
