package io.faultline.detect.match.condition;

import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Conditions as the interpreter of CEL runs them. */
public final class InterpretedCel {

    private final CelCompiler checker = ConditionCompiler.checker();
    private final CelRuntime runtime = runtime();

    /** One condition. */
    @FunctionalInterface
    public interface Program {
        boolean holds(LogEvent event) throws Exception;
    }

    public Program program(String text) throws Exception {
        CelRuntime.Program program = runtime.createProgram(checker.compile(text).getAst());
        return event -> (boolean) program.eval(name -> Optional.ofNullable(variable(name, event)));
    }

    /** An absent part of the entity is the empty text, as the rules' language says. */
    static @Nullable Object variable(String name, LogEvent event) {
        return switch (name) {
            case "kind" -> event.kind().id();
            case "format" -> event.format();
            case "message" -> event.message();
            case "severity" -> (long) event.severityNumber();
            case "measures" -> new Numbers(event.measures().toMap());
            case "attributes" -> event.attributes().toMap();
            default ->
                Vocabulary.ENTITY.contains(name)
                        ? Objects.requireNonNullElse(event.entity().get(level(name)), "")
                        : null;
        };
    }

    private static Entity.Level level(String name) {
        return Entity.Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The interpreter takes an object to be equal to itself, even where it is NaN: so each is another object. */
    private static final class Numbers extends HashMap<String, Double> {
        private static final long serialVersionUID = 1L;

        private Numbers(Map<String, Double> numbers) {
            super(numbers);
        }

        @Override
        public Double get(Object key) {
            Double number = super.get(key);
            return number == null ? null : Double.valueOf(number.doubleValue());
        }
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .addFunctionBindings(arithmetic("plus", (a, b) -> a + b))
                .addFunctionBindings(arithmetic("minus", (a, b) -> a - b))
                .addFunctionBindings(arithmetic("times", (a, b) -> a * b))
                .addFunctionBindings(arithmetic("divide", (a, b) -> a / b))
                .addFunctionBindings(arithmetic("remainder", (a, b) -> a % b))
                .addFunctionBindings(
                        CelFunctionBinding.from("remainder_double_double", Double.class, Double.class, (a, b) -> a % b),
                        CelFunctionBinding.from("is_nan", Double.class, number -> Double.isNaN(number)),
                        CelFunctionBinding.from("is_inf", Double.class, number -> Double.isInfinite(number)),
                        CelFunctionBinding.from(
                                "equals_double_int", Double.class, Long.class, (a, b) -> a.doubleValue() == b),
                        CelFunctionBinding.from(
                                "not_equals_double_int", Double.class, Long.class, (a, b) -> a.doubleValue() != b),
                        CelFunctionBinding.from("in_double_ints", Double.class, List.class, InterpretedCel::isIn),
                        anyOf("text_containsAny", String::contains),
                        anyOf("text_startsWithAny", String::startsWith))
                .build();
    }

    private static boolean isIn(double number, List<?> list) {
        return list.stream().anyMatch(element -> ((Number) element).doubleValue() == number);
    }

    private static CelFunctionBinding anyOf(String overload, BiPredicate<String, String> test) {
        return CelFunctionBinding.from(overload, String.class, List.class, (text, words) -> ((List<?>) words)
                .stream().anyMatch(word -> test.test(text, (String) word)));
    }

    private static List<CelFunctionBinding> arithmetic(String name, DoubleBinaryOperator operation) {
        return List.of(
                CelFunctionBinding.from(
                        name + "_double_int",
                        Double.class,
                        Long.class,
                        (a, b) -> operation.applyAsDouble(a, b.doubleValue())),
                CelFunctionBinding.from(
                        name + "_int_double",
                        Long.class,
                        Double.class,
                        (a, b) -> operation.applyAsDouble(a.doubleValue(), b)));
    }
}
