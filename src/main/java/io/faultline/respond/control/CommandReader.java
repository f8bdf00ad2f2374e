package io.faultline.respond.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.settings.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Reads commands. All say {@code author}, {@code reason} and {@code at}; a verdict says {@code verdict} (right, wrong,
 * noise), an approval {@code approved} (true, false), a silence what {@link Silence}
 * says.
 */
public final class CommandReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VERDICTS = List.of("right", "wrong", "noise");

    private CommandReader() {}

    /**
     * Reads one.
     *
     * @param key the record's key
     * @param document its JSON; empty where the command is taken back
     * @param receivedAt when the record came: that is its time where it does not tell one
     * @throws IllegalArgumentException with all that is wrong
     */
    public static Command read(String key, String document, Instant receivedAt) {
        Problems problems = new Problems();
        Command.Kind kind = Command.Kind.of(key).orElseGet(() -> {
            problems.add("key", "\"" + key + "\" is none of silence/, ack/, verdict/ and approval/");
            return Command.Kind.ACK;
        });
        String target = target(key, kind);
        if (target.isEmpty()) {
            problems.add("key", "\"" + key + "\" names nothing; write it as " + kind.id() + "/ID");
        }
        JsonNode tree = tree(document, problems);
        String author = tree.path("author").asText("");
        if (author.isBlank() && !document.isEmpty()) {
            problems.add("author", "is missing: who says so?");
        }
        String word =
                switch (kind) {
                    case VERDICT -> word(tree, document, "verdict", VERDICTS, problems);
                    case APPROVAL -> decision(tree, document, problems);
                    case ACK -> tree.path("undone").asBoolean() ? Command.UNDONE : "";
                    case SILENCE -> "";
                };
        if (kind == Command.Kind.SILENCE && !document.isEmpty() && problems.isEmpty()) {
            checkSilence(document, problems);
        }
        Instant at = at(tree, receivedAt, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems.all()));
        }
        return new Command(kind, key, target, author, tree.path("reason").asText(""), at, word, document);
    }

    private static void checkSilence(String document, Problems problems) {
        try {
            var unused = Silence.parse(document);
        } catch (IllegalArgumentException e) {
            problems.add("document", String.valueOf(e.getMessage()));
        }
    }

    private static String target(String key, Command.Kind kind) {
        String rest = key.substring(Math.min(key.length(), kind.id().length() + 1));
        int end = kind == Command.Kind.VERDICT ? rest.indexOf('/') : -1;
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static JsonNode tree(String document, Problems problems) {
        try {
            JsonNode tree = document.isEmpty() ? JSON.createObjectNode() : JSON.readTree(document);
            if (!tree.isObject()) {
                problems.add("document", "is no JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            problems.add("document", "is no JSON: " + e.getOriginalMessage());
            return JSON.createObjectNode();
        }
    }

    private static String word(JsonNode tree, String document, String field, List<String> allowed, Problems problems) {
        String word = tree.path(field).asText("");
        if (!document.isEmpty() && !allowed.contains(word)) {
            problems.add(field, "\"" + word + "\" is not one of " + String.join(", ", allowed));
        }
        return word;
    }

    private static String decision(JsonNode tree, String document, Problems problems) {
        if (!document.isEmpty() && !tree.path("approved").isBoolean()) {
            problems.add("approved", "is neither true nor false");
        }
        return tree.path("approved").asBoolean() ? "approved" : "refused";
    }

    private static Instant at(JsonNode tree, Instant receivedAt, Problems problems) {
        String text = tree.path("at").asText("");
        try {
            return text.isEmpty() ? receivedAt : Instant.parse(text);
        } catch (DateTimeException e) {
            problems.add("at", "\"" + text + "\" is no time; write it as 2026-03-01T12:00:00Z");
            return receivedAt;
        }
    }
}
