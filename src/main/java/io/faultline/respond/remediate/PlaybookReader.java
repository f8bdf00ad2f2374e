package io.faultline.respond.remediate;

import io.faultline.model.ActionStep;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Level;
import io.faultline.settings.CheckedYaml;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a playbook from its YAML; everything that is wrong with it is told at once. */
final class PlaybookReader {

    /** {@code approval: required}. */
    private enum Approval {
        REQUIRED,
        NONE
    }

    private PlaybookReader() {}

    /**
     * Reads one; where there are problems what comes back is not to be used.
     *
     * @param name what problems call the file: {@code playbooks/lost-gpu.yaml}
     */
    static Playbook read(String name, String text, Problems problems) {
        String stem = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.yaml$", "");
        return CheckedYaml.read(name, text, problems, reader -> read(stem, reader));
    }

    private static Playbook read(String stem, SettingsReader reader) {
        String id = reader.requiredText("id");
        if (reader.has("id") && !id.equals(stem)) {
            reader.problem("id", "\"" + id + "\" is not the file's name, " + stem);
        }
        if (!id.matches("[a-z0-9-]*")) {
            reader.problem("id", "\"" + id + "\" is not made of a-z, 0-9 and -");
        }
        boolean approval = reader.choice("approval", Approval.REQUIRED, Approval.class) == Approval.REQUIRED;
        Playbook read = new Playbook(
                id,
                reader.requiredText("title"),
                when(reader.group("when"), approval ? List.of("confirmed", "likely") : List.of("confirmed")),
                steps(reader),
                approval,
                reader.flag("dry-run", true),
                reader.flag("lasting", false),
                reader.duration("cool-down", Duration.ofHours(6)),
                reader.decimal("max-share", 0.1, 0, 1),
                reader.duration("per", Duration.ofHours(1)),
                reader.duration("verify-within", Duration.ofMinutes(30)));
        check(read, reader);
        return read;
    }

    private static void check(Playbook playbook, SettingsReader reader) {
        if (playbook.per().isZero()) {
            reader.problem("per", "must be longer than 0s");
        }
        if (playbook.verifyWithin().isZero()) {
            reader.problem("verify-within", "must be longer than 0s");
        }
        Playbook.When when = playbook.when();
        if (when.causes().isEmpty() && when.rules().isEmpty()) {
            reader.problem("when", "names neither a cause nor a rule, so it is for every incident");
        }
        boolean unsure = when.verdicts().stream().anyMatch(verdict -> verdict != Cause.Verdict.CONFIRMED);
        if (unsure && !playbook.approval()) {
            reader.problem("approval", "must be required where the verdict may be other than confirmed");
        }
    }

    /** @param sure the verdicts where none is written: without a person's eyes only what is sure */
    private static Playbook.When when(SettingsReader reader, List<String> sure) {
        List<String> causes = reader.texts("cause", List.of());
        List<String> kinds =
                Arrays.stream(EventKind.values()).map(EventKind::id).toList();
        for (String cause : causes) {
            if (EventKind.ofId(cause) == null) {
                reader.problem("cause", "no kind \"" + cause + "\"" + NearestWord.hint(cause, kinds));
            }
        }
        return new Playbook.When(
                causes,
                several(reader, "category", List.of(), CauseCategory.class),
                several(reader, "verdict", sure, Cause.Verdict.class),
                reader.choice("severity", Level.HIGH, Level.class),
                reader.texts("rules", List.of()),
                several(reader, "has", List.of(), Entity.Level.class));
    }

    private static <E extends Enum<E>> List<E> several(
            SettingsReader reader, String key, List<String> absent, Class<E> type) {
        List<E> found = new ArrayList<>();
        Set<E> all = EnumSet.allOf(type);
        List<String> words = all.stream().map(PlaybookReader::word).toList();
        for (String text : reader.texts(key, absent)) {
            all.stream()
                    .filter(constant -> word(constant).equals(text))
                    .findFirst()
                    .ifPresentOrElse(
                            found::add,
                            () -> reader.problem(key, "\"" + text + "\" is not one of " + String.join(", ", words)));
        }
        return found;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<Playbook.Step> steps(SettingsReader reader) {
        if (!reader.require("do")) {
            return List.of();
        }
        List<Playbook.Step> steps = new ArrayList<>();
        List<String> texts = reader.texts("do", List.of());
        for (String text : texts) {
            step(text, reader).forEach(steps::add);
        }
        if (reader.has("do") && texts.isEmpty()) {
            reader.problem("do", "says nothing to do");
        }
        return steps;
    }

    private static Stream<Playbook.Step> step(String text, SettingsReader reader) {
        String[] words = text.strip().split("\\s+", 2);
        List<String> known =
                Arrays.stream(ActionStep.Kind.values()).map(ActionStep.Kind::id).toList();
        if (!known.contains(words[0])) {
            reader.problem("do", "\"" + text + "\" is not one of " + String.join(", ", known));
            return Stream.empty();
        }
        ActionStep.Kind kind = ActionStep.Kind.ofId(words[0]);
        if ((kind == ActionStep.Kind.WEBHOOK) != (words.length == 2)) {
            reader.problem(
                    "do",
                    kind == ActionStep.Kind.WEBHOOK
                            ? "a webhook has a name: \"webhook tickets\""
                            : "\"" + text + "\": " + kind.id() + " stands alone, the incident says to what");
            return Stream.empty();
        }
        return Stream.of(new Playbook.Step(kind, words.length == 2 ? words[1] : ""));
    }
}
