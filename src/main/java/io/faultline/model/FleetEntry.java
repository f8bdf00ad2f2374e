package io.faultline.model;

import org.jspecify.annotations.Nullable;

/**
 * What an inventory says anew of one node, job or service while the job runs; the three that it may be are null where it is
 * another, and all three where nothing is said of it any more.
 *
 * @param sort what it is
 * @param name its name, unique among its sort
 */
public record FleetEntry(
        Sort sort, String name, Fleet.@Nullable Node node, Fleet.@Nullable Job job, Fleet.@Nullable Service service) {

    /** What a fleet is made of. */
    public enum Sort {
        NODE,
        JOB,
        SERVICE
    }

    static FleetEntry of(String name, Fleet.@Nullable Node node) {
        return new FleetEntry(Sort.NODE, name, node, null, null);
    }

    static FleetEntry of(String name, Fleet.@Nullable Job job) {
        return new FleetEntry(Sort.JOB, name, null, job, null);
    }

    static FleetEntry of(String name, Fleet.@Nullable Service service) {
        return new FleetEntry(Sort.SERVICE, name, null, null, service);
    }

    /** What it is about: {@code NODE gpu-a1}. */
    public String key() {
        return sort + " " + name;
    }

    /** That nothing is said of it any more. */
    public FleetEntry withdrawn() {
        return new FleetEntry(sort, name, null, null, null);
    }

    /** Whether nothing is said any more; what was written down before the job started holds again. */
    public boolean isWithdrawn() {
        return node == null && job == null && service == null;
    }
}
