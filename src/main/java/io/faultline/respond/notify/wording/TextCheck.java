package io.faultline.respond.notify.wording;

import com.github.mustachejava.Code;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheNotFoundException;
import com.github.mustachejava.codes.CommentCode;
import com.github.mustachejava.codes.IterableCode;
import com.github.mustachejava.codes.ValueCode;
import com.github.mustachejava.codes.WriteCode;
import io.faultline.settings.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what is wrong with a text of a template: tags that are no field's, or that could not end. */
final class TextCheck {

    /** Nobody reads a longer one, and it would slow every message down. */
    private static final int MAX_LENGTH = 2000;

    /** Lists within lists multiply; at four deep the longest ones still give less than a second of work. */
    private static final int MAX_DEPTH = 4;

    private final Consumer<String> problems;

    private TextCheck(Consumer<String> problems) {
        this.problems = problems;
    }

    /**
     * Checks a text.
     *
     * @param known what it may speak of, the outermost first
     * @param problems gets what is wrong, one sentence each
     */
    static void check(String text, List<FieldType> known, Consumer<String> problems) {
        if (text.length() > MAX_LENGTH) {
            problems.accept("is longer than " + MAX_LENGTH + " characters");
            return;
        }
        try {
            new TextCheck(problems).check(FilledText.of(text).mustache(), known, 0);
        } catch (MustacheNotFoundException e) {
            problems.accept("{{>" + e.getName() + "}} would need another template");
        } catch (MustacheException e) {
            String words = String.valueOf(e.getMessage());
            int place = words.indexOf(" @[");
            problems.accept("is no Mustache: " + (place < 0 ? words : words.substring(0, place)));
        }
    }

    private void check(Code code, List<FieldType> known, int depth) {
        Code[] codes = code.getCodes();
        for (Code inner : codes == null ? new Code[0] : codes) {
            if (inner instanceof IterableCode) {
                checkSection(inner, known, depth + 1);
            } else if (inner instanceof ValueCode) {
                checkValue(inner.getName(), known);
            } else if (!(inner instanceof WriteCode || inner instanceof CommentCode) && inner.getName() != null) {
                problems.accept("{{>" + inner.getName() + "}} would need another template");
            }
        }
    }

    private void checkSection(Code section, List<FieldType> known, int depth) {
        if (depth > MAX_DEPTH) {
            problems.accept("{{#" + section.getName() + "}} is nested more than " + MAX_DEPTH + " deep");
            return;
        }
        List<FieldType> inner = new ArrayList<>(known);
        find(section.getName(), known)
                .ifPresentOrElse(
                        field -> inner.add(field instanceof FieldType.Items items ? items.element() : field),
                        () -> unknown(section.getName(), known));
        check(section, inner, depth);
    }

    private void checkValue(String name, List<FieldType> known) {
        Optional<FieldType> field = find(name, known);
        if (field.isEmpty()) {
            unknown(name, known);
        } else if (!(field.get() instanceof FieldType.Value)) {
            String what = field.get() instanceof FieldType.Items
                    ? "a list"
                    : field.get() instanceof FieldType.Flag ? "yes or no" : "a group of fields";
            problems.accept(
                    name.equals(".")
                            ? "{{.}} stands for " + what + " here; name one of its fields"
                            : "\"" + name + "\" is " + what + "; write {{#" + name + "}}…{{/" + name + "}}");
        }
    }

    private static Optional<FieldType> find(String name, List<FieldType> known) {
        if (name.equals(".")) {
            return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
        }
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        for (int i = known.size() - 1; i >= 0; i--) {
            if (known.get(i) instanceof FieldType.Group group && group.fields().containsKey(first)) {
                return group.find(name);
            }
        }
        return Optional.empty();
    }

    private void unknown(String name, List<FieldType> known) {
        List<String> names = new ArrayList<>();
        known.forEach(type -> {
            if (type instanceof FieldType.Group group) {
                names.addAll(group.paths());
            }
        });
        problems.accept("there is no field \"" + name + "\"" + NearestWord.hint(name, names));
    }
}
