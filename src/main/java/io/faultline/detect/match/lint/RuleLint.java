package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.detect.match.story.Story;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks rules beyond their schema. */
public final class RuleLint {

    /** {@code rules/x.yaml:12: match[0].where: text}, as the reader of rules tells a problem. */
    private static final Pattern PROBLEM = Pattern.compile("(.*?):(\\d+): (.*)", Pattern.DOTALL);

    private final VocabularyChecks vocabulary;
    private final Set<String> others;
    private final ConditionCompiler compiler = new ConditionCompiler();
    private final RuleReader reader = new RuleReader();
    private final List<LintProblem> found = new ArrayList<>();

    /**
     * @param formats the names of all parsers; empty where they are not known
     * @param others the ids of rules that run beside those that are checked
     */
    public RuleLint(Set<String> formats, Set<String> others) {
        this.vocabulary = new VocabularyChecks(formats);
        this.others = others;
    }

    /**
     * Checks the rules of one directory.
     *
     * @return what was found, by file and line
     */
    public List<LintProblem> lint(List<RuleFile> files, List<Story> stories) {
        found.clear();
        List<LintedRule> rules = new ArrayList<>();
        for (RuleFile file : files) {
            Problems problems = new Problems();
            RuleDefinition definition = reader.read(file, problems);
            problems.all().forEach(problem -> schema(file, problem));
            if (problems.isEmpty()) {
                rules.add(new LintedRule(file, definition, compiler));
            }
        }
        for (LintedRule rule : rules) {
            check(rule, stories, report(rule));
        }
        new SetChecks(rules, others).check(this::report);
        rules.forEach(rule -> ignoredInVain(rule, report(rule)));
        Set<String> ids = files.stream().map(RuleFile::stem).collect(Collectors.toSet());
        for (Story story : stories) {
            if (!ids.contains(story.rule())) {
                found.add(new LintProblem(
                        file(story), line(story), LintCode.STORY_WITHOUT_RULE, "no rule " + story.rule()));
            }
        }
        found.sort(Comparator.comparing(LintProblem::file)
                .thenComparing(LintProblem::line)
                .thenComparing(LintProblem::code));
        return found.stream().distinct().toList();
    }

    private void check(LintedRule rule, List<Story> stories, Report report) {
        HeadChecks.check(rule, report);
        ConditionChecks.check(rule, report);
        vocabulary.check(rule, report);
        ThresholdChecks.check(rule, report);
        GroupChecks.check(rule, report);
        RegexChecks.check(rule, report);
        SequenceChecks.check(rule, report);
        TrackerChecks.check(rule, report);
        ProgressChecks.check(rule, report);
        WindowChecks.check(rule, report);
        AbsenceChecks.check(rule, report);
        FieldChecks.check(rule, report);
        ConstantChecks.check(rule, report);
        ResolveChecks.check(rule, report);
        List<Story> own =
                stories.stream().filter(story -> story.rule().equals(rule.id())).toList();
        StoryChecks.check(rule, own, report);
    }

    private static void ignoredInVain(LintedRule rule, Report report) {
        List<String> codes = Arrays.stream(LintCode.values())
                .filter(code -> code.severity() == LintCode.Severity.WARNING)
                .map(LintCode::id)
                .toList();
        for (String code : rule.ignoredInVain()) {
            String hint = codes.contains(code) ? "" : NearestWord.hint(code, codes);
            report.add(LintCode.IGNORED_IN_VAIN, "lint-ignore." + code, "no such warning here" + hint);
        }
    }

    private Report report(LintedRule rule) {
        return (code, path, text) -> {
            if (!rule.ignores(code)) {
                String label = rule.file().label() + (path.isEmpty() ? "" : path + ": ");
                found.add(new LintProblem(rule.file().name(), rule.line(path), code, label + text));
            }
        };
    }

    private void schema(RuleFile file, String problem) {
        Matcher matcher = PROBLEM.matcher(problem);
        boolean placed = matcher.matches();
        String text = placed ? matcher.group(3) : problem;
        LintCode code = text.startsWith(file.label() + "response: ") ? LintCode.NO_RESPONSE : LintCode.SCHEMA;
        found.add(new LintProblem(file.name(), placed ? Integer.parseInt(matcher.group(2)) : 1, code, text));
    }

    private static String file(Story story) {
        return story.place().substring(0, story.place().lastIndexOf(':'));
    }

    private static int line(Story story) {
        return Integer.parseInt(story.place().substring(story.place().lastIndexOf(':') + 1));
    }
}
