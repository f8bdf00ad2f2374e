package io.faultline.respond.notify.route;

import io.faultline.model.Incident;

/**
 * One revision of an incident on its way to one group of one receiver.
 *
 * @param group the group's name: route, receiver and the values of the labels it is grouped by
 * @param route the route's id
 * @param receiver who is told
 * @param incident what of
 * @param inhibitedBy the id of the incident that keeps it quiet; empty where none does
 */
public record Routed(String group, String route, String receiver, Incident incident, String inhibitedBy) {}
