package io.faultline.respond.remediate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An approval on the control topic: {@code {"kind":"approval","action":"lost-gpu-0f3a…","approved":true,"author":"ann",
 * "reason":"…","at":"2026-03-01T10:05:00Z"}}, its key {@code approval/} and the action's id.
 */
public final class ApprovalDocument {

    public static final String KIND = "approval";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApprovalDocument() {}

    /** The key of its record. */
    public static String key(Approval approval) {
        return KIND + '/' + approval.action();
    }

    /** The value of its record. */
    public static String write(Approval approval) {
        try {
            return JSON.writeValueAsString(JSON.createObjectNode()
                    .put("kind", KIND)
                    .put("action", approval.action())
                    .put("approved", approval.approved())
                    .put("author", approval.author())
                    .put("reason", approval.reason())
                    .put("at", approval.at().toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }

    /**
     * Reads one back.
     *
     * @throws IOException with all that is wrong with it
     */
    public static Approval read(String document) throws IOException {
        JsonNode node = JSON.readTree(document);
        List<String> problems = new ArrayList<>();
        if (!node.path("kind").asText().equals(KIND)) {
            problems.add("kind is not " + KIND);
        }
        for (String field : List.of("action", "author", "at")) {
            if (node.path(field).asText().isBlank()) {
                problems.add(field + " is missing");
            }
        }
        if (!node.path("approved").isBoolean()) {
            problems.add("approved is neither true nor false");
        }
        Instant at = Instant.EPOCH;
        try {
            at = Instant.parse(node.path("at").asText());
        } catch (DateTimeException e) {
            problems.add("at is no time as 2026-03-01T10:05:00Z");
        }
        if (!problems.isEmpty()) {
            throw new IOException("no approval: " + String.join(", ", problems));
        }
        return new Approval(
                node.path("action").asText(),
                node.path("approved").booleanValue(),
                node.path("author").asText(),
                node.path("reason").asText(),
                at);
    }
}
