package io.faultline.detect.match.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.AuditEntry;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import io.faultline.model.RuleStatus;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule book of the job. One task holds it, so that commands have one order whatever they come from, a wrong one is told
 * once, and all other tasks agree on when a rule's groups begin.
 */
public final class RulesFunction extends ProcessFunction<RuleCommand, RuleUpdate> implements CheckpointedFunction {

    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("rules-rejected") {};
    public static final OutputTag<RuleStatus> STATUS = new OutputTag<>("rules-status") {};

    /** Who changed a rule, and why. */
    public static final OutputTag<AuditEntry> AUDIT = new OutputTag<>("rules-audit") {};

    /** What each rule does, in every task; as large as the texts of the pushed versions that run. */
    public static final MapStateDescriptor<String, RuleUpdate> UPDATES =
            new MapStateDescriptor<>("rules", Types.STRING, TypeInformation.of(RuleUpdate.class));

    private static final Logger LOG = LoggerFactory.getLogger(RulesFunction.class);
    private static final long serialVersionUID = 1L;

    private final RuleSet own;
    private final String topic;
    private transient @Nullable OperatorStateStore states;
    private transient RuleBook book;

    /** What makes the book again: as large as the topic, compacted; a rule that is taken out leaves. */
    private transient ListState<RuleCommand> commands;

    /** What each rule of the book does now. */
    private transient ListState<RuleUpdate> inForce;

    private transient Counter refused;

    /**
     * @param own what the job brings itself
     * @param topic where the commands come from, as people know it
     */
    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public RulesFunction(RuleSet own, String topic) {
        this.own = own;
        this.topic = topic;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        states = context.getOperatorStateStore();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        commands.update(book.commands());
        inForce.update(book.inForce());
    }

    @Override
    public void open(OpenContext context) throws Exception {
        var store = Objects.requireNonNull(states);
        commands = store.getListState(new ListStateDescriptor<>("commands", TypeInformation.of(RuleCommand.class)));
        inForce = store.getListState(new ListStateDescriptor<>("in-force", TypeInformation.of(RuleUpdate.class)));
        book = new RuleBook(own);
        book.restore(commands.get(), inForce.get());
        var metrics = getRuntimeContext().getMetricGroup();
        refused = metrics.counter("rules_refused_total");
        metrics.gauge("rules_changed", book::changed);
    }

    @Override
    public void processElement(RuleCommand command, Context context, Collector<RuleUpdate> out) {
        RuleBook.Outcome outcome = book.apply(command);
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        if (!outcome.problems().isEmpty()) {
            String detail = String.join("\n", outcome.problems());
            refused.inc();
            LOG.warn("A rule was refused, what was in force stays: {}", detail);
            context.output(REJECTED, rejected(command, now, detail));
            tell(outcome.rule(), RuleStatus.State.REFUSED, now, detail, context);
        }
        RuleUpdate update = outcome.update();
        if (update != null) {
            LOG.info("Rule {}: {}", update.rule(), outcome.note());
            tell(
                    update.rule(),
                    update.runs() ? RuleStatus.State.IN_FORCE : RuleStatus.State.STOPPED,
                    now,
                    outcome.note(),
                    context);
            context.output(AUDIT, changed(update.rule(), command, now, outcome.note()));
            out.collect(update);
        }
    }

    private void tell(String rule, RuleStatus.State state, Instant now, String detail, Context context) {
        int version = book.inForce(rule).version();
        context.output(STATUS, new RuleStatus(rule, version, state, now, "rules", detail));
    }

    private AuditEntry changed(String rule, RuleCommand command, Instant now, String note) {
        RuleHead head = book.head(rule);
        boolean said = !head.author().isEmpty();
        return new AuditEntry(
                "rule/" + rule + "/" + (said ? head.at() : now) + "/" + command.key(),
                now,
                said ? head.author() : AuditEntry.FAULTLINE,
                AuditEntry.Action.RULE_CHANGED,
                "rule " + rule,
                head.why(),
                note);
    }

    private Rejected rejected(RuleCommand command, Instant now, String detail) {
        return new Rejected(
                "rules",
                Rejected.Reason.MALFORMED,
                Origin.kafka(topic, 0, -1),
                now,
                detail,
                command.document().getBytes(UTF_8));
    }
}
