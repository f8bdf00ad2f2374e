package io.faultline.cli.simulate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The truth about one planted fault: a line of {@code labels.ndjson}.
 *
 * @param fault one of {@link FaultName#texts()}
 * @param entity what broke: {@code job}, {@code replica}, {@code node} and {@code gpu}, or a label of the inventory as
 *     {@code leaf}
 * @param culprit who inside the entity is to blame, where that is somebody else than the entity; else empty
 * @param category where it lies, as {@code class}: {@code data}, {@code model}, {@code environment}, {@code code}, or {@code
 *     unknown} where only a symptom was planted
 * @param started the first moment something was wrong, ISO-8601 UTC; it may lie before the first line that shows it
 * @param ended when the entity worked again or was stopped, ISO-8601 UTC
 * @param evidence the lines a person would quote, earliest first
 */
public record FaultLabel(
        String fault,
        Map<String, String> entity,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> culprit,
        @JsonProperty("class") String category,
        String started,
        String ended,
        List<Place> evidence) {

    public FaultLabel {
        // sorted, because Map.of has another order in each JVM
        entity = Collections.unmodifiableSortedMap(new TreeMap<>(entity));
        culprit = Collections.unmodifiableSortedMap(new TreeMap<>(culprit));
        evidence = List.copyOf(evidence);
    }

    /**
     * @param file name in the simulation's directory
     * @param line counted from 1
     */
    public record Place(String file, int line) {}
}
