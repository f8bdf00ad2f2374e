package io.faultline.detect.match.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.faultline.settings.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text to {@link Condition}. CEL parses and checks the types against the closed {@link Vocabulary}; the checked tree is
 * then turned into plain predicates by {@link PredicateCompiler}, since interpreting it costs microseconds an event.
 */
public final class ConditionCompiler {

    private static final StructType MEASURES = struct("Measures", Vocabulary.MEASURES, SimpleType.DOUBLE);
    private static final StructType ATTRIBUTES = struct("Attributes", Vocabulary.ATTRIBUTES, SimpleType.STRING);
    private static final Map<String, String> OVERLOADS =
            Map.of("_+_", "plus", "_-_", "minus", "_*_", "times", "_/_", "divide", "_%_", "remainder");
    private static final Pattern UNDEFINED_FIELD = Pattern.compile("undefined field '(\\w+)'");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(\\w+)'");

    private final CelCompiler cel = checker();

    /** Compiles a text; each problem goes to the consumer, and {@link Condition#NEVER} comes back. */
    public Condition compile(String text, Consumer<String> problems) {
        return compile(
                text,
                Set.of(SimpleType.BOOL),
                "a condition is true or false",
                PredicateCompiler::compile,
                Condition.NEVER,
                problems);
    }

    /** As {@link #compile} for an expression whose value is a number; {@link Quantity#NONE} where there is a problem. */
    public Quantity compileNumber(String text, Consumer<String> problems) {
        return compile(
                text,
                Set.of(SimpleType.DOUBLE, SimpleType.INT),
                "a number is needed here",
                PredicateCompiler::compileNumber,
                Quantity.NONE,
                problems);
    }

    /** As {@link #compile} for an expression whose value is a text; {@link Text#NONE} where there is a problem. */
    public Text compileText(String text, Consumer<String> problems) {
        return compile(
                text,
                Set.of(SimpleType.STRING),
                "a text is needed here",
                PredicateCompiler::compileText,
                Text.NONE,
                problems);
    }

    /** Takes apart a condition that compiles. */
    public ConditionTree tree(String text) {
        try {
            return new TreeReader().read(cel.compile(text, "condition").getAst().getExpr());
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
        }
    }

    private <T> T compile(
            String text,
            Set<CelType> types,
            String wanted,
            Function<PredicateCompiler, T> compile,
            T nothing,
            Consumer<String> problems) {
        CelValidationResult result = cel.compile(text, "condition");
        if (result.hasError()) {
            result.getErrors().forEach(issue -> problems.accept(describe(issue)));
            return nothing;
        }
        try {
            var tree = result.getAst();
            if (!types.contains(tree.getResultType())) {
                problems.accept("is a " + tree.getResultType().name() + ", but " + wanted);
                return nothing;
            }
            return compile.apply(new PredicateCompiler(tree));
        } catch (CelValidationException | NotCovered e) {
            problems.accept(e.getMessage());
            return nothing;
        }
    }

    /** What the checked language has and the predicates do not, or a constant that can not be meant. */
    static final class NotCovered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotCovered(String message) {
            super(message);
        }
    }

    private static String describe(CelIssue issue) {
        String message = issue.getMessage();
        Matcher field = UNDEFINED_FIELD.matcher(message);
        if (field.find()) {
            Set<String> known = ImmutableSet.<String>builder()
                    .addAll(Vocabulary.MEASURES)
                    .addAll(Vocabulary.ATTRIBUTES)
                    .build();
            return "unknown measure or attribute \"" + field.group(1) + "\"" + NearestWord.hint(field.group(1), known);
        }
        Matcher name = UNDECLARED.matcher(message);
        if (name.find()) {
            return "unknown name \"" + name.group(1) + "\"" + NearestWord.hint(name.group(1), Vocabulary.TOP);
        }
        int column = issue.getSourceLocation().getColumn() + 1;
        return "at column " + column + ": " + message;
    }

    /** What parses a condition and checks its types. */
    static CelCompiler checker() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .setStandardMacros(CelStandardMacro.HAS)
                .setTypeProvider(types())
                .addVar("measures", MEASURES)
                .addVar("attributes", ATTRIBUTES)
                .addVar("kind", SimpleType.STRING)
                .addVar("format", SimpleType.STRING)
                .addVar("message", SimpleType.STRING)
                .addVar("severity", SimpleType.INT);
        Vocabulary.ENTITY.forEach(field -> builder.addVar(field, SimpleType.STRING));
        for (String operator : List.of("_+_", "_-_", "_*_", "_/_")) {
            builder.addFunctionDeclarations(mixed(operator, false));
        }
        return builder.addFunctionDeclarations(
                        mixed("_%_", true),
                        anyOf("containsAny"),
                        anyOf("startsWithAny"),
                        anyOf("endsWithAny"),
                        function("isNan", "is_nan", SimpleType.DOUBLE),
                        function("isInf", "is_inf", SimpleType.DOUBLE),
                        function("_==_", "equals_double_int", SimpleType.DOUBLE, SimpleType.INT),
                        function("_!=_", "not_equals_double_int", SimpleType.DOUBLE, SimpleType.INT),
                        function("@in", "in_double_ints", SimpleType.DOUBLE, ListType.create(SimpleType.INT)))
                .build();
    }

    private static CelFunctionDecl function(String name, String overload, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(overload, SimpleType.BOOL, arguments));
    }

    /** An event's numbers are doubles; one may write {@code measures.loss * 2} all the same. */
    private static CelFunctionDecl mixed(String operator, boolean doubles) {
        String name = OVERLOADS.getOrDefault(operator, operator);
        List<CelOverloadDecl> overloads = new ArrayList<>();
        overloads.add(number(name + "_double_int", SimpleType.DOUBLE, SimpleType.INT));
        overloads.add(number(name + "_int_double", SimpleType.INT, SimpleType.DOUBLE));
        if (doubles) {
            overloads.add(number(name + "_double_double", SimpleType.DOUBLE, SimpleType.DOUBLE));
        }
        return CelFunctionDecl.newFunctionDeclaration(operator, overloads);
    }

    private static CelOverloadDecl number(String overload, CelType... arguments) {
        return CelOverloadDecl.newGlobalOverload(overload, SimpleType.DOUBLE, arguments);
    }

    private static CelFunctionDecl anyOf(String name) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newMemberOverload(
                        "text_" + name, SimpleType.BOOL, SimpleType.STRING, ListType.create(SimpleType.STRING)));
    }

    private static StructType struct(String name, Set<String> fields, CelType type) {
        return StructType.create(name, ImmutableSet.copyOf(fields), field -> Optional.of(type));
    }

    private static CelTypeProvider types() {
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return ImmutableList.of(MEASURES, ATTRIBUTES);
            }

            @Override
            public Optional<CelType> findType(String name) {
                return types().stream().filter(type -> type.name().equals(name)).findFirst();
            }
        };
    }
}
