package io.faultline.respond.notify.route;

import io.faultline.model.Incident;

/**
 * An open incident.
 *
 * @param incident its latest revision
 * @param by the id of the incident that keeps it quiet; empty where none does
 */
public record Quieted(Incident incident, String by) {}
