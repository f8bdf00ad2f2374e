package io.faultline.respond.notify.group;

import io.faultline.respond.control.Command;
import io.faultline.respond.control.Silence;
import io.faultline.respond.notify.route.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people said up to now: the silences of the settings and the commands that came since. */
final class Said implements Group.People {

    private final List<Silence> always;
    private final Map<String, Silence> silences = new HashMap<>();
    private final Map<String, Instant> acknowledged = new HashMap<>();

    Said(List<Silence> always) {
        this.always = always;
    }

    /** Takes a command that {@link #concerns} who is told; the last of a key counts. */
    void take(Command command) {
        if (command.isTakenBack() || command.word().equals(Command.UNDONE)) {
            silences.remove(command.key());
            acknowledged.remove(command.target());
        } else if (command.kind() == Command.Kind.SILENCE) {
            silences.put(command.key(), Silence.parse(command.document()));
        } else if (command.kind() == Command.Kind.ACK) {
            acknowledged.put(command.target(), command.at());
        }
    }

    /** Whether a command concerns who is told. */
    static boolean concerns(Command command) {
        return command.kind() == Command.Kind.SILENCE || command.kind() == Command.Kind.ACK;
    }

    /** Whether a command may be forgotten: a silence that is over, an acknowledgement older than what it could be for. */
    static boolean isOver(Command command, Instant now, Duration retention) {
        boolean silence = command.kind() == Command.Kind.SILENCE && !command.isTakenBack();
        return silence
                ? Silence.parse(command.document()).isOver(now)
                : command.at().plus(retention).isBefore(now);
    }

    @Override
    public Optional<Silence> silence(Labels labels, Instant now) {
        return Stream.concat(always.stream(), silences.values().stream())
                .filter(silence -> silence.covers(labels, now))
                .findFirst();
    }

    @Override
    public @Nullable Instant acknowledgedAt(String incident) {
        return acknowledged.get(incident);
    }
}
