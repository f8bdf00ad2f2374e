package io.faultline.store.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionStep;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Actions: {@code faultline-actions}, a document an action; a later state overwrites an earlier one. The same document is
 * a record of the actions topic, from which executors read it back.
 */
public final class ActionDocument implements Document<ActionRequest> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "actions";
    }

    @Override
    public String id(ActionRequest request) {
        return request.id();
    }

    @Override
    public @Nullable Instant day(ActionRequest request) {
        return null;
    }

    @Override
    public void fields(ActionRequest request, Fields fields) throws IOException {
        fields.time("@timestamp", request.at());
        fields.text("message", request.title());
        fields.text("event.kind", "event");
        fields.text("incident.id", request.incident());
        fields.number("incident.revision", request.revision());
        fields.text("ai.cluster", request.cluster());
        fields.texts("host.name", names(request, "node"));
        fields.texts("ai.job", names(request, "job"));
        fields.texts("ai.replica", names(request, "pod"));
        fields.text("action.id", request.id());
        fields.text("action.playbook", request.playbook());
        fields.text("action.state", request.state().id());
        fields.text("action.rehearsal", String.valueOf(request.rehearsal()));
        fields.texts(
                "action.steps",
                request.steps().stream().map(ActionStep::toString).toList());
        fields.texts(
                "action.kinds",
                request.steps().stream().map(step -> step.kind().id()).toList());
        fields.texts(
                "action.targets",
                request.steps().stream().map(ActionStep::target).toList());
        fields.texts(
                "action.arguments",
                request.steps().stream().map(ActionStep::argument).toList());
        if (request.expiresAt().isAfter(Instant.EPOCH)) {
            fields.time("action.expires", request.expiresAt());
        }
        fields.text("action.approver", request.approver());
        fields.text("action.reason", request.reason());
    }

    private static List<String> names(ActionRequest request, String word) {
        return request.steps().stream()
                .filter(step -> step.target().startsWith(word + ' '))
                .map(ActionStep::name)
                .distinct()
                .toList();
    }

    /**
     * Reads one back.
     *
     * @throws IOException where it is none
     */
    public static ActionRequest read(byte[] document) throws IOException {
        JsonNode node = JSON.readTree(document);
        try {
            return new ActionRequest(
                    required(node, "action.id"),
                    required(node, "action.playbook"),
                    node.path("message").asText(),
                    required(node, "incident.id"),
                    node.path("incident.revision").asInt(),
                    node.path("ai.cluster").asText(),
                    steps(node),
                    ActionRequest.State.valueOf(required(node, "action.state").toUpperCase(Locale.ROOT)),
                    node.path("action.rehearsal").asBoolean(),
                    Instant.parse(required(node, "@timestamp")),
                    Instant.parse(node.path("action.expires").asText(Instant.EPOCH.toString())),
                    node.path("action.approver").asText(),
                    node.path("action.reason").asText());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("no action: " + e.getMessage(), e);
        }
    }

    private static List<ActionStep> steps(JsonNode node) throws IOException {
        JsonNode kinds = node.path("action.kinds");
        JsonNode targets = node.path("action.targets");
        JsonNode arguments = node.path("action.arguments");
        if (kinds.isEmpty() || kinds.size() != targets.size() || kinds.size() != arguments.size()) {
            throw new IOException("no action: its kinds, targets and arguments are not equally many");
        }
        List<ActionStep> steps = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            steps.add(new ActionStep(
                    ActionStep.Kind.ofId(kinds.get(i).asText()),
                    targets.get(i).asText(),
                    arguments.get(i).asText()));
        }
        return steps;
    }

    private static String required(JsonNode node, String field) throws IOException {
        String text = node.path(field).asText();
        if (text.isEmpty()) {
            throw new IOException("no action: " + field + " is missing");
        }
        return text;
    }
}
