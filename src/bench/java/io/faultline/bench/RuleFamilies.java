package io.faultline.bench;

import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rules in any number: ten shipped ones, and each again and again with other constants, as a site writes them for its own
 * jobs, codes and messages. Where a rule's conditions name a text or codes, every second copy has others; the rest are for one
 * entity each.
 */
final class RuleFamilies {

    static final List<String> NAMES = List.of(
            "authentication-failures",
            "checkpoint-mismatched",
            "gpu-xid-critical",
            "inference-half-speed",
            "inference-throughput-stalled",
            "kv-cache-preemptions",
            "loss-explodes",
            "pod-evicted",
            "request-errors-burst",
            "training-stalled");

    private static final Pattern TEXT = Pattern.compile("(?<=== |[(\\[]|, )'([^']+)'");
    private static final Pattern CODES = Pattern.compile("(?<=(?:xid|status)_code in )\\[[\\d, ]+]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern GROUP = Pattern.compile("group-by: \\[(\\w+)");

    private RuleFamilies() {}

    static RuleSet of(int count) {
        Map<String, RuleFile> shipped =
                RuleSet.shippedFiles().stream().collect(Collectors.toMap(RuleFile::stem, Function.identity()));
        List<RuleFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RuleFile file = Objects.requireNonNull(shipped.get(NAMES.get(i % NAMES.size())));
            int copy = i / NAMES.size();
            files.add(copy == 0 ? file : copy(file, copy));
        }
        return RuleSet.of("the families", files);
    }

    private static RuleFile copy(RuleFile file, int copy) {
        String id = file.stem() + "-" + copy;
        String text = file.text().replace("id: " + file.stem(), "id: " + id);
        String other = withOtherConstants(text, copy);
        return new RuleFile("rules/" + id + ".yaml", copy % 2 == 1 && !other.equals(text) ? other : forOne(text, copy));
    }

    private static String withOtherConstants(String text, int copy) {
        String texts = TEXT.matcher(text)
                .replaceAll(match -> Vocabulary.KINDS.contains(match.group(1)) ? match.group() : "'" + match.group(1) + "-" + copy + "'");
        return CODES.matcher(texts).replaceAll(match -> NUMBER.matcher(match.group())
                .replaceAll(number -> String.valueOf(Integer.parseInt(number.group()) + 1_000 * copy)));
    }

    private static String forOne(String text, int copy) {
        MatchResult group = GROUP.matcher(text).results().findFirst().orElseThrow();
        return text + "\nexceptions: [\"" + group.group(1) + " != 'team-" + copy + "'\"]\n";
    }
}
