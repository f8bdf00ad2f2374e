package io.faultline.collect.parse.user;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.user.ParserDefinition.Binding;
import io.faultline.collect.parse.user.ParserDefinition.KindRule;
import io.faultline.collect.parse.user.ParserDefinition.Word;
import io.faultline.model.EventKind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parser file at work. Not thread-safe, as it shares a {@link Prefilter} with the other user parsers. */
public final class UserParser implements FormatParser {

    private final ParserDefinition definition;
    private final Prefilter prefilter;
    private final List<Compiled> patterns = new ArrayList<>();
    private final WrittenTime time;
    private final List<List<Pattern>> matches = new ArrayList<>();

    /**
     * @param demanded the numbers of the texts without which it can not match
     * @param fields the number of each field's group
     */
    private record Compiled(LinePattern written, Pattern regex, int[] demanded, Map<String, Integer> fields) {}

    UserParser(ParserDefinition definition, Prefilter prefilter, ZoneId zone) {
        this.definition = definition;
        this.prefilter = prefilter;
        this.time = new WrittenTime(definition.time(), zone);
        for (LinePattern pattern : definition.patterns()) {
            Pattern regex = pattern.compile();
            int[] demanded = prefilter.demand(RequiredLiterals.of(pattern.regex()));
            patterns.add(new Compiled(pattern, regex, demanded, new HashMap<>(regex.namedGroups())));
        }
        for (KindRule rule : definition.kinds()) {
            matches.add(rule.when().stream()
                    .map(condition -> Pattern.compile(condition.matches()))
                    .toList());
        }
    }

    public ParserDefinition definition() {
        return definition;
    }

    @Override
    public String name() {
        return definition.format();
    }

    @Override
    public Family family() {
        return definition.family();
    }

    @Override
    public boolean mayRead(String text) {
        for (int i = 0; i < patterns.size(); i++) {
            if (prefilter.holds(patterns.get(i).demanded(), text)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        for (int i = 0; i < patterns.size(); i++) {
            Compiled pattern = patterns.get(i);
            if (prefilter.holds(pattern.demanded(), text)) {
                Matcher matcher = pattern.regex().matcher(text);
                if (matcher.matches()) {
                    return event(text, matcher, pattern.fields(), context);
                }
            }
        }
        return ParseResult.UNRECOGNISED;
    }

    private ParseResult event(String text, Matcher matcher, Map<String, Integer> fields, ParseContext context) {
        Draft draft = new Draft(this);
        String written = value(ParserDefinition.MESSAGE, matcher, fields);
        draft.message(written == null ? text : written);
        String when = value(definition.time().field(), matcher, fields);
        draft.at(when == null ? null : time.read(when, context));
        severity(draft, value(definition.severity().field(), matcher, fields));
        for (int i = 0; i < definition.bindings().size(); i++) {
            Binding binding = definition.bindings().get(i);
            String value = value(binding.field(), matcher, fields);
            if (value != null && !value.isEmpty()) {
                bind(draft, binding, value);
            }
        }
        kind(draft, matcher, fields);
        return draft.parsed();
    }

    /** A number that is none is not lost: it is kept under its name as it was written. */
    private static void bind(Draft draft, Binding binding, String value) {
        switch (binding.target()) {
            case ENTITY -> draft.entity(binding.level(), value);
            case ATTRIBUTE -> draft.attribute(binding.name(), value);
            case MEASURE -> {
                Double number = Quantities.number(value, binding.name(), binding.unit());
                if (number != null) {
                    draft.measure(binding.name(), number);
                } else if (!isAbsent(value)) {
                    draft.attribute(binding.name(), value);
                }
            }
        }
    }

    private static boolean isAbsent(String value) {
        return value.equals("-")
                || value.equalsIgnoreCase("n/a")
                || value.equalsIgnoreCase("[n/a]")
                || value.equalsIgnoreCase("none")
                || value.equalsIgnoreCase("null");
    }

    private void severity(Draft draft, @Nullable String word) {
        if (definition.severity().fixed() != null) {
            draft.severity(definition.severity().fixed());
        }
        if (word == null) {
            return;
        }
        int number = 0;
        for (Word own : definition.severity().words()) {
            number = own.text().equals(word) ? own.severity().number() : number;
        }
        if (number == 0) {
            number = word.length() == 1 ? SeverityWords.numberOf(word.charAt(0)) : SeverityWords.numberOf(word);
        }
        draft.severity(number == 0 ? draft.severityNumber() : number, word);
    }

    private void kind(Draft draft, Matcher matcher, Map<String, Integer> fields) {
        for (int i = 0; i < definition.kinds().size(); i++) {
            KindRule rule = definition.kinds().get(i);
            if (holds(rule, matches.get(i), draft, matcher, fields)) {
                draft.kind(rule.kind());
                if (rule.severity() != null) {
                    draft.severity(rule.severity());
                }
                break;
            }
        }
        if (draft.kind() == EventKind.LOG_OTHER) {
            Faults.refine(draft);
        }
    }

    private static boolean holds(
            KindRule rule, List<Pattern> patterns, Draft draft, Matcher matcher, Map<String, Integer> fields) {
        for (int i = 0; i < patterns.size(); i++) {
            Condition condition = rule.when().get(i);
            String value = value(condition.field(), matcher, fields);
            if (value == null && condition.field().equals(ParserDefinition.MESSAGE)) {
                value = draft.message();
            }
            boolean found = condition.matches().isEmpty()
                    || (value != null && patterns.get(i).matcher(value).find());
            if (!found || !condition.holds(value)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String value(String field, Matcher matcher, Map<String, Integer> fields) {
        Integer group = fields.get(field);
        return group == null ? null : matcher.group(group);
    }

    @Override
    public String whyNot(String text, ParseContext context) {
        StringBuilder why = new StringBuilder();
        for (int i = 0; i < patterns.size(); i++) {
            Compiled pattern = patterns.get(i);
            List<String> missing = prefilter.missing(pattern.demanded(), text);
            why.append(why.isEmpty() ? "" : "; ").append(patterns.size() == 1 ? "" : "pattern " + (i + 1) + ": ");
            why.append(
                    missing.isEmpty()
                            ? pattern.written().whyNot(text)
                            : "it lacks \"" + String.join("\" and \"", missing) + '"');
        }
        return why.toString();
    }
}
