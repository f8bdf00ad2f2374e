package io.faultline;

import static io.faultline.Topology.step;

import io.faultline.model.ActionResult;
import io.faultline.model.AuditEntry;
import io.faultline.model.ClusterSize;
import io.faultline.model.Incident;
import io.faultline.model.Notification;
import io.faultline.respond.control.Command;
import io.faultline.respond.judge.CountVotesFunction;
import io.faultline.respond.judge.JudgeFunction;
import io.faultline.respond.judge.RuleVote;
import io.faultline.respond.notify.BudgetFunction;
import io.faultline.respond.notify.NotifyFunction;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.group.GroupFunction;
import io.faultline.respond.notify.route.RouteFunction;
import io.faultline.respond.notify.route.Routed;
import io.faultline.respond.remediate.Approval;
import io.faultline.respond.remediate.NodeCounts;
import io.faultline.respond.remediate.RemediateFunction;
import io.faultline.respond.remediate.RemediateInput;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** From incidents to messages, actions and the record of both. */
final class RespondPhase {

    private final JobSettings settings;
    private final Sources sources;
    private final Sinks sinks;

    RespondPhase(JobSettings settings, Sources sources, Sinks sinks) {
        this.settings = settings;
        this.sources = sources;
        this.sinks = sinks;
    }

    void wire(
            StreamExecutionEnvironment environment,
            DataStream<Incident> incidents,
            ControlPhase.Said said,
            CollectPhase.Inventory inventory) {
        // By cluster: an open incident keeps others of its cluster quiet.
        var routed = step(
                "route",
                incidents
                        .keyBy(Incident::cluster)
                        .process(new RouteFunction(settings.notifications().routes())));
        // By receiver and group: what was told together is remembered together.
        var notices = step(
                "group",
                routed.keyBy(Routed::group)
                        .connect(said.commands().broadcast(GroupFunction.COMMANDS))
                        .process(new GroupFunction(settings.notifications().groups(), sources.areLive())));
        // By receiver: a month's messages are counted in one place.
        var affordable =
                step("budget", notices.keyBy(Notice::receiver).process(new BudgetFunction(settings.notifications())));
        var sent = step(
                "notify",
                AsyncDataStream.unorderedWait(
                        affordable,
                        new NotifyFunction(settings.notifications(), Clock.systemUTC()),
                        settings.notifications().asyncTimeout().toMillis(),
                        TimeUnit.MILLISECONDS,
                        settings.notifications().capacity()));
        DataStream<Notification> notifications = sent.union(affordable.getSideOutput(BudgetFunction.OVER));
        sinks.notifications(notifications);
        // By incident, then by rule: what people say of an incident counts for its rules.
        sinks.rulePrecision(step(
                "count-verdicts",
                step(
                                "judge",
                                incidents
                                        .keyBy(Incident::id)
                                        .connect(step(
                                                        "verdicts",
                                                        said.commands()
                                                                .filter(command ->
                                                                        command.kind() == Command.Kind.VERDICT))
                                                .setParallelism(1)
                                                .keyBy(Command::target))
                                        .process(new JudgeFunction()))
                        .keyBy(RuleVote::rule)
                        .process(new CountVotesFunction())));
        DataStream<AuditEntry> audit = said.audit()
                .union(
                        notices.getSideOutput(GroupFunction.AUDIT),
                        step("audit-sends", notifications.map((MapFunction<Notification, AuditEntry>) Audits::of)));
        sinks.audit(
                settings.remediate().isOn() ? audit.union(remediate(environment, incidents, said, inventory)) : audit);
    }

    /** What is done about incidents; gives what is to be kept for the record. */
    private DataStream<AuditEntry> remediate(
            StreamExecutionEnvironment environment,
            DataStream<Incident> incidents,
            ControlPhase.Said said,
            CollectPhase.Inventory inventory) {
        DataStream<RemediateInput> inputs =
                step("action-incidents", incidents.map((MapFunction<Incident, RemediateInput>) RemediateInput::of));
        DataStream<ActionResult> results = sources.actionResults(environment);
        if (results != null) {
            inputs = inputs.union(step(
                    "action-results", results.map((MapFunction<ActionResult, RemediateInput>) RemediateInput::of)));
        }
        if (inventory.sizes() != null) {
            inputs = inputs.union(step("action-sizes", inventory.sizes().map((MapFunction<ClusterSize, RemediateInput>)
                    RemediateInput::of)));
        }
        var approvals = step(
                "approvals",
                step("select-approvals", said.commands().filter(command -> command.kind() == Command.Kind.APPROVAL))
                        .setParallelism(1)
                        .map((MapFunction<Command, Approval>) Approval::of)
                        .setParallelism(1));
        NodeCounts known = NodeCounts.of(settings.enrich().inventory().fleet());
        // By cluster: no more than a share of its nodes is touched in a time.
        var actions = step(
                "remediate",
                inputs.keyBy(RemediateInput::cluster)
                        .connect(approvals.broadcast(RemediateFunction.APPROVALS))
                        .process(new RemediateFunction(settings.remediate(), known)));
        sinks.actions(actions);
        return actions.getSideOutput(RemediateFunction.AUDIT);
    }
}
