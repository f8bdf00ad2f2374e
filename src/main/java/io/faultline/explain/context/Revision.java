package io.faultline.explain.context;

/**
 * Which revision of an incident went out last.
 *
 * @param number its number
 * @param toldAt when, in milliseconds
 */
public record Revision(int number, long toldAt) {}
