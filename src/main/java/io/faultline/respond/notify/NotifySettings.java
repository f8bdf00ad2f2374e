package io.faultline.respond.notify;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.LinkSettings;
import io.faultline.respond.notify.channel.Wording;
import io.faultline.respond.notify.group.GroupSettings;
import io.faultline.respond.notify.group.ReceiverTerms;
import io.faultline.respond.notify.route.Route;
import io.faultline.respond.notify.route.RouteSettings;
import io.faultline.respond.notify.wording.MessageTemplate;
import io.faultline.respond.notify.wording.TemplateWording;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told, and how.
 *
 * @param receivers who is told; nobody where it is empty
 * @param delivery how hard it is tried
 * @param retention how long after an incident's latest revision it is remembered what was told of it
 * @param capacity how many notices may be under way at once; give it to the asynchronous operator
 * @param routes where incidents go
 * @param groups how they are told there
 * @param links where messages lead to
 */
public record NotifySettings(
        List<ReceiverSettings> receivers,
        DeliverySettings delivery,
        Duration retention,
        int capacity,
        RouteSettings routes,
        GroupSettings groups,
        LinkSettings links)
        implements Serializable {

    public NotifySettings {
        receivers = List.copyOf(receivers);
    }

    /** Everybody is told, each from his own severity on. */
    NotifySettings(List<ReceiverSettings> receivers, DeliverySettings delivery, Duration retention, int capacity) {
        this(
                receivers,
                delivery,
                retention,
                capacity,
                new RouteSettings(
                        Route.toAll(
                                receivers.stream().map(ReceiverSettings::name).toList()),
                        List.of(),
                        retention),
                GroupSettings.toAll(
                        receivers.stream().map(NotifySettings::terms).toList(), retention),
                LinkSettings.defaults());
    }

    public static NotifySettings defaults() {
        return read(new SettingsReader(MissingNode.getInstance(), new Problems(), Map.of()));
    }

    public static NotifySettings read(SettingsReader reader) {
        List<ReceiverSettings> receivers =
                reader.list("receivers").stream().map(ReceiverSettings::read).toList();
        Set<String> names = new LinkedHashSet<>();
        for (ReceiverSettings receiver : receivers) {
            if (!names.add(receiver.name())) {
                reader.problem("receivers", "two have the name \"" + receiver.name() + "\"");
            }
        }
        Duration retention = reader.duration("retention", Duration.ofDays(7));
        RouteSettings routes = RouteSettings.read(reader, List.copyOf(names), retention);
        List<ReceiverTerms> terms =
                receivers.stream().map(NotifySettings::terms).toList();
        Fallbacks.check(receivers, reader);
        return new NotifySettings(
                receivers,
                DeliverySettings.read(reader.group("delivery")),
                retention,
                reader.number("capacity", 1000, 1, 100_000),
                routes,
                GroupSettings.read(reader, routes.route(), terms, retention),
                LinkSettings.read(reader.group("links")));
    }

    /** How one of the receivers is spoken to. */
    public Wording wording(ReceiverSettings receiver) {
        return wording(receiver.template(), receiver.language());
    }

    /** How somebody is spoken to by a template, or where that fails by the shipped one of a language. */
    public Wording wording(MessageTemplate template, Language language) {
        return new TemplateWording(template, language, links);
    }

    /** Opens the channel of one of the receivers. */
    public Channel open(ReceiverSettings receiver, Wording wording, Clock clock) {
        return receiver.channel().open(new ChannelContext(wording, delivery.timeout(), clock));
    }

    private static ReceiverTerms terms(ReceiverSettings receiver) {
        return new ReceiverTerms(receiver.name(), receiver.minSeverity(), receiver.sendResolved());
    }

    /** The time-out for the asynchronous operator: a little longer than the longest delivery, through all fallbacks. */
    public Duration asyncTimeout() {
        Duration before = delivery.fallbackAfter().multipliedBy(Fallbacks.longest(receivers));
        return before.plus(delivery.total()).plusSeconds(10);
    }
}
