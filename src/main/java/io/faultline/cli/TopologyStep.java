package io.faultline.cli;

/**
 * One step of the job graph.
 *
 * @param name the step's name
 * @param key what its input is keyed by; empty where it is not
 * @param parallelism how many subtasks it has; 0 for the cluster's default
 * @param uid its id in savepoints
 */
public record TopologyStep(String name, String key, int parallelism, String uid) {}
