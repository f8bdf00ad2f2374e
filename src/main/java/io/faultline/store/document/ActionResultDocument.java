package io.faultline.store.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.ActionResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of orders, as a record of the results topic; its key tells a dry run's result from the other one's. */
public final class ActionResultDocument implements Document<ActionResult> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "action-results";
    }

    /** {@code lost-gpu-0f3a5c7e9b21/dry-run}. */
    @Override
    public String id(ActionResult result) {
        return id(result.action(), result.dryRun());
    }

    /** The key of an action's result, before there is one. */
    public static String id(String action, boolean dryRun) {
        return action + (dryRun ? "/dry-run" : "/order");
    }

    @Override
    public @Nullable Instant day(ActionResult result) {
        return null;
    }

    @Override
    public void fields(ActionResult result, Fields fields) throws IOException {
        fields.time("@timestamp", result.at());
        fields.text("event.kind", "event");
        fields.text("event.outcome", result.done() ? "success" : "failure");
        fields.text("ai.cluster", result.cluster());
        fields.text("action.id", result.action());
        fields.text("action.dry_run", String.valueOf(result.dryRun()));
        fields.text("action.executor", result.executor());
        fields.text("action.detail", result.detail());
        List<ActionResult.Step> steps = result.steps();
        fields.texts("action.steps", steps.stream().map(ActionResult.Step::step).toList());
        fields.texts(
                "action.done",
                steps.stream().map(step -> String.valueOf(step.done())).toList());
        fields.texts(
                "action.before", steps.stream().map(ActionResult.Step::before).toList());
        fields.texts(
                "action.after", steps.stream().map(ActionResult.Step::after).toList());
    }

    /**
     * Reads one back.
     *
     * @throws IOException where it is none
     */
    public static ActionResult read(byte[] document) throws IOException {
        JsonNode node = JSON.readTree(document);
        String action = node.path("action.id").asText();
        String outcome = node.path("event.outcome").asText();
        if (action.isEmpty() || !List.of("success", "failure").contains(outcome)) {
            throw new IOException("no result of an action: action.id or event.outcome is missing");
        }
        try {
            return new ActionResult(
                    action,
                    node.path("ai.cluster").asText(),
                    node.path("action.dry_run").asBoolean(),
                    outcome.equals("success"),
                    Instant.parse(node.path("@timestamp").asText()),
                    node.path("action.executor").asText(),
                    node.path("action.detail").asText(),
                    steps(node));
        } catch (DateTimeException e) {
            throw new IOException("no result of an action: " + e.getMessage(), e);
        }
    }

    private static List<ActionResult.Step> steps(JsonNode node) {
        List<ActionResult.Step> steps = new ArrayList<>();
        for (int i = 0; i < node.path("action.steps").size(); i++) {
            steps.add(new ActionResult.Step(
                    node.path("action.steps").path(i).asText(),
                    node.path("action.done").path(i).asBoolean(),
                    node.path("action.before").path(i).asText(),
                    node.path("action.after").path(i).asText()));
        }
        return steps;
    }
}
