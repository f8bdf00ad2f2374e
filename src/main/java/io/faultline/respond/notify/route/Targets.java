package io.faultline.respond.notify.route;

import java.util.ArrayList;
import java.util.List;

/**
 * The groups that an incident went to. It stays in them whatever it becomes: a group that told of it tells its end too.
 *
 * @param groups the names of the groups
 * @param routes the ids of their routes
 * @param receivers their receivers
 * @param expiresAt milliseconds of event time at which this may be forgotten; {@link Long#MAX_VALUE} while it is open
 */
public record Targets(String[] groups, String[] routes, String[] receivers, long expiresAt) {

    static final Targets NONE = new Targets(new String[0], new String[0], new String[0], Long.MAX_VALUE);

    /** These and the group of one more route, unless it is in one of that route already. */
    Targets with(String group, Route route) {
        if (List.of(routes).contains(route.id())) {
            return this;
        }
        return new Targets(plus(groups, group), plus(routes, route.id()), plus(receivers, route.receiver()), expiresAt);
    }

    Targets until(long other) {
        return new Targets(groups, routes, receivers, other);
    }

    private static String[] plus(String[] some, String one) {
        List<String> all = new ArrayList<>(List.of(some));
        all.add(one);
        return all.toArray(String[]::new);
    }
}
