package io.faultline.respond.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.model.AuditEntry;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads the commands of people; what is none is rejected with all that is wrong. */
public final class CommandsFunction extends ProcessFunction<ControlRecord, Command> {

    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("commands-rejected") {};

    /** What was commanded, for the record. */
    public static final OutputTag<AuditEntry> AUDIT =
            new OutputTag<>("commanded", TypeInformation.of(AuditEntry.class));

    private static final long serialVersionUID = 1L;

    private final String topic;

    /** @param topic where the commands come from, as people know it */
    public CommandsFunction(String topic) {
        this.topic = topic;
    }

    @Override
    public void processElement(ControlRecord record, Context context, Collector<Command> out) {
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        try {
            Command command = CommandReader.read(record.key(), record.document(), now);
            out.collect(command);
            context.output(AUDIT, entry(command));
        } catch (IllegalArgumentException e) {
            context.output(
                    REJECTED,
                    new Rejected(
                            "commands",
                            Rejected.Reason.MALFORMED,
                            Origin.kafka(topic, 0, -1),
                            now,
                            String.valueOf(e.getMessage()),
                            record.document().getBytes(UTF_8)));
        }
    }

    private static AuditEntry entry(Command command) {
        return new AuditEntry(
                "command/" + command.key() + "/" + command.at(),
                command.at(),
                command.author().isEmpty() ? "unknown" : command.author(),
                action(command),
                command.kind().id() + " " + command.target(),
                command.reason(),
                command.isTakenBack() ? "taken back" : command.document());
    }

    private static boolean isEnd(Command command) {
        return command.isTakenBack() || Silence.parse(command.document()).isOver(command.at());
    }

    private static AuditEntry.Action action(Command command) {
        return switch (command.kind()) {
            case SILENCE -> isEnd(command) ? AuditEntry.Action.SILENCE_ENDED : AuditEntry.Action.SILENCED;
            case ACK -> AuditEntry.Action.ACKNOWLEDGED;
            case VERDICT -> AuditEntry.Action.VERDICT_GIVEN;
            case APPROVAL ->
                command.word().equals("approved")
                        ? AuditEntry.Action.ACTION_APPROVED
                        : AuditEntry.Action.ACTION_REFUSED;
        };
    }
}
