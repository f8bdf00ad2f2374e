package io.faultline.respond.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.respond.notify.route.Labels;
import io.faultline.respond.notify.route.Matchers;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish that certain incidents are told to nobody for a time, once or each week. They are stored all the same.
 *
 * @param id its name
 * @param matchers which incidents
 * @param startsAt from when
 * @param endsAt until when
 * @param weekly at which time of the week; null for the whole time
 * @param author who wants it
 * @param reason why
 */
public record Silence(
        String id,
        Matchers matchers,
        Instant startsAt,
        Instant endsAt,
        @Nullable Weekly weekly,
        String author,
        String reason)
        implements Serializable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads one; what is wrong is put to the reader's problems, and a silence that would keep all quiet is wrong. */
    public static Optional<Silence> read(SettingsReader reader) {
        String id = reader.requiredText("id");
        Matchers matchers = Matchers.read(reader, "matchers");
        if (matchers.all().isEmpty()) {
            reader.problem("matchers", "needs at least one condition, like node=\"gpu-a1\"");
        }
        Instant starts = time(reader, "starts", Instant.EPOCH);
        Instant ends = time(reader, "ends", Instant.MAX);
        boolean weekly = reader.has("weekly");
        Weekly times = Weekly.read(reader.group("weekly"), weekly);
        if (!weekly && ends.equals(Instant.MAX)) {
            reader.problem(
                    "ends", "is missing; a silence without weekly times has to end, like \"2026-03-01T12:00:00Z\"");
        }
        String author = reader.requiredText("author");
        String reason = reader.requiredText("reason");
        boolean whole = !id.isEmpty() && !matchers.all().isEmpty() && (!weekly || times != null);
        return whole
                ? Optional.of(new Silence(id, matchers, starts, ends, weekly ? times : null, author, reason))
                : Optional.empty();
    }

    /**
     * Reads the document of a command.
     *
     * @throws IllegalArgumentException with all that is wrong
     */
    public static Silence parse(String document) {
        Problems problems = new Problems();
        try {
            JsonNode tree = JSON.readTree(document);
            SettingsReader reader = new SettingsReader(tree, problems, Map.of());
            Optional<Silence> read = read(reader);
            reader.text("at", "");
            reader.finish();
            if (read.isPresent() && problems.isEmpty()) {
                return read.get();
            }
        } catch (JsonProcessingException e) {
            problems.add("document", "is no JSON: " + e.getOriginalMessage());
        }
        throw new IllegalArgumentException(String.join("; ", problems.all()));
    }

    public boolean covers(Labels labels, Instant now) {
        return isActive(now) && matchers.test(labels);
    }

    public boolean isActive(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt) && (weekly == null || weekly.contains(now));
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(endsAt);
    }

    private static Instant time(SettingsReader reader, String key, Instant absent) {
        String text = reader.text(key, "");
        try {
            return text.isEmpty() ? absent : Instant.parse(text);
        } catch (DateTimeException e) {
            reader.problem(key, "\"" + text + "\" is no time; write it as \"2026-03-01T12:00:00Z\"");
            return absent;
        }
    }
}
