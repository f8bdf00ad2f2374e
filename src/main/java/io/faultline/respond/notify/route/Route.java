package io.faultline.respond.notify.route;

import io.faultline.settings.NearestWord;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A branch of the tree of routes, with Alertmanager's words and meaning: an incident enters at the top, goes into the
 * first branch whose matchers all hold (into further ones where that says {@code continue}), and is told by the deepest
 * branch that it reached. What a branch does not say it has from the one above.
 *
 * @param id its place in the tree: {@code 0}, {@code 0.2}; part of the names of groups
 * @param receiver who is told; empty for nobody
 * @param matchers what has to hold to enter
 * @param goOn whether the branches after it are tried as well ({@code continue})
 * @param groupBy the labels that incidents which are told together have in common; {@code incident} keeps each alone
 * @param groupWait how long a new group waits for more before it is told first
 * @param groupInterval the shortest time between two messages of one group
 * @param repeatInterval how long after its last message what is still open is told again; zero for never
 * @param escalations who is told when nobody acknowledges, in order of time
 * @param routes the branches below it
 */
public record Route(
        String id,
        String receiver,
        Matchers matchers,
        boolean goOn,
        List<String> groupBy,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        List<Escalation> escalations,
        List<Route> routes)
        implements Serializable {

    public Route {
        groupBy = List.copyOf(groupBy);
        escalations = List.copyOf(escalations);
        routes = List.copyOf(routes);
    }

    /**
     * One step of an escalation.
     *
     * @param after how long after the first message of an incident that nobody acknowledged since
     * @param receiver who is told then
     */
    public record Escalation(Duration after, String receiver) implements Serializable {}

    /**
     * The top of a tree that says nothing: each incident alone and at once, again after four hours.
     *
     * <p>Four hours is Alertmanager's default. Its group interval of five minutes is one minute here, since an incident
     * is a group already: what waits is the news that it got worse.
     */
    public static Route top(String receiver) {
        return new Route(
                "0",
                receiver,
                Matchers.ANY,
                false,
                List.of(Labels.INCIDENT),
                Duration.ZERO,
                Duration.ofMinutes(1),
                Duration.ofHours(4),
                List.of(),
                List.of());
    }

    /** A tree that tells everybody, each from his own severity on. */
    public static Route toAll(List<String> receivers) {
        Route top = top("");
        List<Route> routes = new ArrayList<>();
        for (String receiver : receivers) {
            routes.add(new Route(
                    "0." + routes.size(),
                    receiver,
                    Matchers.ANY,
                    true,
                    top.groupBy,
                    top.groupWait,
                    top.groupInterval,
                    top.repeatInterval,
                    List.of(),
                    List.of()));
        }
        return top.with(routes);
    }

    /** Reads a tree; what is wrong is put to the reader's problems. */
    static Route read(SettingsReader reader, List<String> receivers) {
        Route absent = top("");
        return read(reader, absent, "0", receivers, reader.list("routes"));
    }

    private static Route read(
            SettingsReader reader, Route above, String id, List<String> receivers, List<SettingsReader> below) {
        Route read = new Route(
                id,
                receiver(reader, "receiver", above.receiver, receivers),
                Matchers.read(reader, "matchers"),
                reader.flag("continue", false),
                reader.texts("group-by", above.groupBy),
                reader.duration("group-wait", above.groupWait),
                reader.duration("group-interval", above.groupInterval),
                reader.duration("repeat-interval", above.repeatInterval),
                reader.has("escalate") || id.equals("0")
                        ? reader.list("escalate").stream()
                                .map(step -> new Escalation(
                                        step.duration("after", Duration.ofMinutes(15)),
                                        receiver(step, "receiver", "", receivers)))
                                .sorted(Comparator.comparing(Escalation::after))
                                .toList()
                        : above.escalations,
                List.of());
        if (!read.repeatInterval.isZero() && read.repeatInterval.compareTo(read.groupInterval) < 0) {
            reader.problem("repeat-interval", "is shorter than group-interval; set it to 0s for never");
        }
        List<Route> routes = new ArrayList<>();
        for (SettingsReader branch : below) {
            // a branch of a branch is not asked for where there is none: the tree has no fixed depth
            List<SettingsReader> deeper = branch.has("routes") ? branch.list("routes") : List.of();
            routes.add(read(branch, read, id + "." + routes.size(), receivers, deeper));
        }
        return read.with(routes);
    }

    private static String receiver(SettingsReader reader, String key, String absent, List<String> receivers) {
        String written = reader.text(key, "");
        String name = written.isEmpty() ? absent : written;
        if (!name.isEmpty() && !receivers.contains(name)) {
            reader.problem(key, "there is no receiver \"" + name + "\"" + NearestWord.hint(name, receivers));
        }
        return name;
    }

    /** The branches that tell an incident. */
    List<Route> of(Labels labels) {
        List<Route> reached = new ArrayList<>();
        if (matchers.test(labels)) {
            reach(labels, reached);
        }
        return reached;
    }

    private void reach(Labels labels, List<Route> reached) {
        int before = reached.size();
        for (Route route : routes) {
            if (route.matchers.test(labels)) {
                route.reach(labels, reached);
                if (!route.goOn) {
                    break;
                }
            }
        }
        if (reached.size() == before) {
            reached.add(this);
        }
    }

    /** The branch with this id, of this one and those below it; this one where it is gone. */
    public Route find(String wanted) {
        for (Route route : routes) {
            if (wanted.equals(route.id) || wanted.startsWith(route.id + ".")) {
                return route.find(wanted);
            }
        }
        return this;
    }

    private Route with(List<Route> below) {
        return new Route(
                id, receiver, matchers, goOn, groupBy, groupWait, groupInterval, repeatInterval, escalations, below);
    }
}
