package io.faultline.collect.enrich;

/**
 * A part of the inventory that came while the job runs: one record of the compacted topic.
 *
 * @param key which part; a later one of the same key replaces it
 * @param document YAML or JSON of the form that the inventory file has; empty to take the part out
 */
public record InventoryPiece(String key, String document) {}
