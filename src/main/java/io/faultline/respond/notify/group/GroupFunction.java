package io.faultline.respond.notify.group;

import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.respond.control.Command;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.route.Routed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Carries incidents to their {@link Group}. The key is {@link Routed#group}.
 *
 * <p>In a job over live logs the clock is the machine's: a person who is given 15 minutes has them by his own watch, and he
 * is told also when no log moves any more. In a job over old logs it is event time, so that it tells at once what would have
 * been told.
 */
public final class GroupFunction extends KeyedBroadcastProcessFunction<String, Routed, Command, Notice> {

    /** What was decided not to be told, and why. */
    public static final OutputTag<AuditEntry> AUDIT = new OutputTag<>("decided", TypeInformation.of(AuditEntry.class));

    /**
     * In every subtask: the silences and acknowledgements by key, some hundred bytes each. A silence ends with its time, an
     * acknowledgement after {@link GroupSettings#retention}; both are looked at as the next command comes.
     */
    public static final MapStateDescriptor<String, Command> COMMANDS =
            new MapStateDescriptor<>("commands", Types.STRING, TypeInformation.of(Command.class));

    private static final long serialVersionUID = 1L;

    private final GroupSettings settings;
    private final boolean live;

    /** Per group: its incidents, some KiB each; each ends {@link GroupSettings#retention} after its end. */
    private transient MapState<String, Member> members;

    /** Per group: two times; ends with the last incident. */
    private transient ValueState<GroupState> group;

    /** Per group: when its timer is due; ends with the last incident. */
    private transient ValueState<Long> due;

    /** What is in the broadcast state, read; null until it was read after a start. */
    private transient @Nullable Said said;

    /** @param live whether logs arrive as they are written */
    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public GroupFunction(GroupSettings settings, boolean live) {
        this.settings = settings;
        this.live = live;
    }

    @Override
    public void open(OpenContext context) {
        members = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("members", Types.STRING, TypeInformation.of(Member.class)));
        group = getRuntimeContext().getState(new ValueStateDescriptor<>("group", TypeInformation.of(GroupState.class)));
        due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
    }

    @Override
    public void processBroadcastElement(Command command, Context context, Collector<Notice> out) throws Exception {
        if (!Said.concerns(command)) {
            return;
        }
        var commands = context.getBroadcastState(COMMANDS);
        if (command.isTakenBack()) {
            commands.remove(command.key());
        } else {
            commands.put(command.key(), command);
        }
        Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
        List<String> over = new ArrayList<>();
        for (Map.Entry<String, Command> known : commands.entries()) {
            if (Said.isOver(known.getValue(), now, settings.retention())) {
                over.add(known.getKey());
            }
        }
        for (String key : over) {
            commands.remove(key);
        }
        said = null;
    }

    @Override
    public void processElement(Routed routed, ReadOnlyContext context, Collector<Notice> out) throws Exception {
        GroupState state =
                Objects.requireNonNullElse(group.value(), new GroupState(routed.route(), routed.receiver(), 0, 0));
        Map<String, Member> before = members();
        Map<String, Member> known = new LinkedHashMap<>(before);
        long now = now(context, known, routed.incident());
        Group told = new Group(settings, state, known, said(context));
        told.take(routed.incident(), routed.inhibitedBy(), now);
        told.flush(now);
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        keep(before, known);
        write(told, known, now, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Notice> out) throws Exception {
        GroupState state = group.value();
        if (state == null) {
            return;
        }
        Map<String, Member> before = members();
        Map<String, Member> known = new LinkedHashMap<>(before);
        long now = now(context, known, null);
        Group told = new Group(settings, state, known, said(context));
        // the last watermark does not say that time passed, it says that nothing more comes
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            told.end(now);
        } else {
            told.flush(now);
        }
        keep(before, known);
        write(told, known, now, context, out);
    }

    private Map<String, Member> members() throws Exception {
        Map<String, Member> known = new LinkedHashMap<>();
        for (Map.Entry<String, Member> entry : members.entries()) {
            known.put(entry.getKey(), entry.getValue());
        }
        return known;
    }

    private long now(ReadOnlyContext context, Map<String, Member> known, @Nullable Incident incident) {
        if (live) {
            return context.timerService().currentProcessingTime();
        }
        long watermark = context.timerService().currentWatermark();
        long latest = watermark == Long.MAX_VALUE ? 0 : Math.max(0, watermark);
        for (Member member : known.values()) {
            latest = Math.max(latest, member.incident().endedAt().toEpochMilli());
        }
        return incident == null ? latest : Math.max(latest, incident.endedAt().toEpochMilli());
    }

    private void write(Group told, Map<String, Member> known, long now, ReadOnlyContext context, Collector<Notice> out)
            throws Exception {
        told.notices().forEach(out::collect);
        String receiver = told.state().receiver();
        for (Group.Quiet quiet : told.quiets()) {
            context.output(AUDIT, decided(quiet, receiver, known.get(quiet.incident()), now));
        }
        // where nothing more comes no timer may wake itself for ever
        boolean ended = context.timerService().currentWatermark() == Long.MAX_VALUE;
        schedule(known.isEmpty() || ended ? Long.MAX_VALUE : told.nextDue(now), context.timerService());
        if (known.isEmpty()) {
            group.clear();
            context.timerService().deleteEventTimeTimer(Long.MAX_VALUE);
        } else {
            group.update(told.state());
        }
    }

    /** Writes what is not as it was. */
    private void keep(Map<String, Member> before, Map<String, Member> known) throws Exception {
        for (Map.Entry<String, Member> entry : known.entrySet()) {
            if (!entry.getValue().equals(before.remove(entry.getKey()))) {
                members.put(entry.getKey(), entry.getValue());
            }
        }
        for (String over : before.keySet()) {
            members.remove(over);
        }
    }

    private static AuditEntry decided(Group.Quiet quiet, String receiver, @Nullable Member member, long now) {
        int revision = member == null ? 0 : member.incident().revision();
        return new AuditEntry(
                "quiet/" + receiver + "/" + quiet.incident() + "/" + revision + "/" + quiet.why(),
                Instant.ofEpochMilli(now),
                AuditEntry.FAULTLINE,
                AuditEntry.Action.DECIDED,
                "incident " + quiet.incident(),
                quiet.why(),
                "receiver " + receiver + " is not told");
    }

    /** One timer a group: the one before is taken back. */
    private void schedule(long next, TimerService timers) throws Exception {
        Long before = due.value();
        if (before != null && before != next) {
            if (live) {
                timers.deleteProcessingTimeTimer(before);
            } else {
                timers.deleteEventTimeTimer(before);
            }
        }
        if (next == Long.MAX_VALUE) {
            due.clear();
            return;
        }
        due.update(next);
        if (live) {
            timers.registerProcessingTimeTimer(next);
        } else {
            timers.registerEventTimeTimer(next);
        }
    }

    private Said said(ReadOnlyContext context) throws Exception {
        if (said == null) {
            said = new Said(settings.silences());
            for (Map.Entry<String, Command> entry :
                    context.getBroadcastState(COMMANDS).immutableEntries()) {
                said.take(entry.getValue());
            }
        }
        return said;
    }
}
