package io.faultline.explain.context;

import io.faultline.model.Incident;

/**
 * An incident whose cost may still grow; as large as the incident.
 *
 * @param incident its last revision, as it went out
 * @param baseSubjects what it affects
 * @param baseLost the milliseconds that each of them had lost when it began
 * @param toldAt when that revision went out, in milliseconds
 * @param lost the GPU-milliseconds it told
 */
public record Watched(Incident incident, String[] baseSubjects, long[] baseLost, long toldAt, double lost) {}
