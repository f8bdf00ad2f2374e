package io.faultline.model;

/**
 * How large a cluster is.
 *
 * @param cluster its name, empty for the one of what names none
 * @param nodes how many it has; 0 where none is known any more
 */
public record ClusterSize(String cluster, int nodes) {}
