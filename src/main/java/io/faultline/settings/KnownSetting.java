package io.faultline.settings;

/**
 * One setting that some step asked for.
 *
 * @param path as {@code detect.score.sigmas}; an element of a list is {@code receivers[]}
 * @param accepted what its value may be
 * @param absent the default as one would write it; empty for an empty text, a dash where it must be given
 */
public record KnownSetting(String path, Accepted accepted, String absent) {}
