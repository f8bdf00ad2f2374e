package io.faultline;

import io.faultline.collect.assess.AssessFunction;
import io.faultline.collect.decode.DecodeFunction;
import io.faultline.collect.enrich.EnrichFunction;
import io.faultline.collect.enrich.EnrichLiveFunction;
import io.faultline.collect.enrich.InventoryPiece;
import io.faultline.collect.mine.MineFunction;
import io.faultline.collect.parse.ParseFunction;
import io.faultline.collect.redact.RedactFunction;
import io.faultline.collect.redact.RedactRejectedFunction;
import io.faultline.detect.match.CompareFunction;
import io.faultline.detect.match.MatchFunction;
import io.faultline.detect.match.SelectFunction;
import io.faultline.detect.match.Signals;
import io.faultline.detect.match.ThinMissesFunction;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.score.ScoreFunction;
import io.faultline.detect.summarize.LateFunction;
import io.faultline.detect.summarize.Sample;
import io.faultline.detect.summarize.SampleFunction;
import io.faultline.detect.summarize.StatisticsAggregator;
import io.faultline.detect.summarize.SummarizeFunction;
import io.faultline.explain.account.Sign;
import io.faultline.explain.account.SignFunction;
import io.faultline.explain.complete.CompleteFunction;
import io.faultline.explain.context.ContextFact;
import io.faultline.explain.context.ContextFunction;
import io.faultline.explain.context.FactsFunction;
import io.faultline.explain.correlate.CorrelateFunction;
import io.faultline.explain.diagnose.DiagnoseFunction;
import io.faultline.explain.follow.FollowFunction;
import io.faultline.model.ActionResult;
import io.faultline.model.Alert;
import io.faultline.model.AuditEntry;
import io.faultline.model.Fleet;
import io.faultline.model.Incident;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.Notification;
import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import io.faultline.model.WindowStatistics;
import io.faultline.respond.control.Command;
import io.faultline.respond.control.CommandsFunction;
import io.faultline.respond.control.ControlRecord;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.jspecify.annotations.Nullable;

/** The journey of a log, from the bytes that were read to what Kibana shows. */
final class Topology {

    private final JobSettings settings;
    private final RuleSet rules;
    private final Sources sources;
    private final Sinks sinks;

    Topology(JobSettings settings, Sources sources, Sinks sinks) {
        this.settings = settings;
        this.rules = settings.match().rules();
        this.sources = sources;
        this.sinks = sinks;
    }

    void wire(StreamExecutionEnvironment environment) {
        Control control = control(environment);
        Collected events = collect(environment, control.rejected());
        DataStream<Alert> alerts = detect(events, control.rules());
        DataStream<Incident> incidents = explain(events, alerts);
        respond(environment, incidents, control);

        sinks.events(events.all());
        sinks.alerts(alerts);
        sinks.incidents(incidents);
    }

    /**
     * What people say while the job runs.
     *
     * @param rules the rules that changed
     * @param commands what they say of incidents
     */
    private record Control(SingleOutputStreamOperator<RuleUpdate> rules, SingleOutputStreamOperator<Command> commands) {

        DataStream<Rejected> rejected() {
            return rules.getSideOutput(RulesFunction.REJECTED).union(commands.getSideOutput(CommandsFunction.REJECTED));
        }

        DataStream<AuditEntry> audit() {
            return rules.getSideOutput(RulesFunction.AUDIT).union(commands.getSideOutput(CommandsFunction.AUDIT));
        }
    }

    /**
     * What was read.
     *
     * @param known those of all events that a parser knew
     */
    private record Collected(DataStream<LogEvent> all, DataStream<LogEvent> known) {}

    /** Only the first phase: what the logs say, for who looks for something in it by other means. */
    void wireCollect(StreamExecutionEnvironment environment) {
        sinks.events(collect(environment, control(environment).rejected()).all());
    }

    /** In one task each, so that all commands have one order and all others agree on what comes of them. */
    private Control control(StreamExecutionEnvironment environment) {
        DataStream<RuleCommand> said = sources.rules(environment);
        String topic = settings.match().control();
        return new Control(
                step(
                        "rules",
                        step("select-rules", said.filter(record -> !Command.isKey(record.key())))
                                .setParallelism(1)
                                .process(new RulesFunction(rules, topic))
                                .setParallelism(1)),
                step(
                        "commands",
                        step("select-commands", said.filter(record -> Command.isKey(record.key())))
                                .setParallelism(1)
                                .map((MapFunction<RuleCommand, ControlRecord>)
                                        record -> new ControlRecord(record.key(), record.document()))
                                .setParallelism(1)
                                .uid("command-records")
                                .name("command-records")
                                .process(new CommandsFunction(topic))
                                .setParallelism(1)));
    }

    private Collected collect(StreamExecutionEnvironment environment, DataStream<Rejected> refusedCommands) {
        return collect(sources.rawLogs(environment), sources.inventory(environment), refusedCommands);
    }

    private Collected collect(
            DataStream<RawLog> rawLogs,
            @Nullable DataStream<InventoryPiece> inventory,
            DataStream<Rejected> refusedRules) {
        // By stream: only the lines of one file or one Kafka key have an order, and only they can be one record.
        var decoded = step(
                "decode",
                rawLogs.keyBy(RawLog::stream)
                        .process(new DecodeFunction(
                                settings.decode().in(settings.parse().timeZone()), sources.areLive())));
        // Still by stream, so nothing is shuffled: a parser remembers what the stream's last records were.
        var parsed = step(
                "parse",
                DataStreamUtils.reinterpretAsKeyedStream(decoded, TextLog::stream)
                        .process(new ParseFunction(settings.parse())));
        // Before anything is kept or sent: what comes behind this step never sees a secret.
        var redacted = step("redact", parsed.map(new RedactFunction(settings.redact())));
        var enriched = enrich(redacted, inventory);
        var rejected = decoded.getSideOutput(DecodeFunction.REJECTED)
                .union(
                        parsed.getSideOutput(ParseFunction.REJECTED),
                        enriched.getSideOutput(EnrichLiveFunction.REJECTED),
                        refusedRules);
        sinks.rejected(step("redact-rejected", rejected.map(new RedactRejectedFunction(settings.redact()))));

        // Again by stream: what a source wrote before tells how far its next line can be trusted.
        var assessed = step(
                "assess",
                DataStreamUtils.reinterpretAsKeyedStream(enriched, LogEvent::stream)
                        .process(new AssessFunction(settings.assess())));
        var timed = step(
                "event-time",
                assessed.transform(
                        "event-time",
                        assessed.getType(),
                        new EventClockOperator(settings.eventTime().outOfOrderness())));
        // By format and first word: two lines of one template always have the same. What a parser knows is not
        // shuffled.
        var mined = step(
                "mine",
                step("select-unknown", timed.filter(MineFunction::isMined))
                        .keyBy(MineFunction::key)
                        .process(new MineFunction(settings.mine())));
        var known = step("select-known", timed.filter(event -> !MineFunction.isMined(event)));
        return new Collected(known.union(mined), known);
    }

    /** Still by stream: what one line of a job says of its ranks holds for the others. */
    private SingleOutputStreamOperator<LogEvent> enrich(
            DataStream<LogEvent> redacted, @Nullable DataStream<InventoryPiece> inventory) {
        var byStream = DataStreamUtils.reinterpretAsKeyedStream(redacted, LogEvent::stream);
        return step(
                "enrich",
                inventory == null
                        ? byStream.process(new EnrichFunction(settings.enrich()))
                        : byStream.connect(inventory.broadcast(EnrichLiveFunction.PIECES))
                                .process(new EnrichLiveFunction(settings.enrich())));
    }

    private DataStream<Alert> detect(Collected events, SingleOutputStreamOperator<RuleUpdate> ruleUpdates) {
        BroadcastStream<RuleUpdate> updates = ruleUpdates.broadcast(RulesFunction.UPDATES);
        // Only what a parser knew has series, and it is not copied on its way here.
        var sampled = step("sample", events.known().flatMap(new SampleFunction()));
        // By series: a window is about one measure of one entity.
        SingleOutputStreamOperator<WindowStatistics> statistics = step(
                "summarize",
                sampled.keyBy(Sample::series)
                        .window(TumblingEventTimeWindows.of(settings.summarize().window()))
                        .sideOutputLateData(SummarizeFunction.LATE)
                        .aggregate(new StatisticsAggregator(), new SummarizeFunction()));
        step("late-samples", statistics.getSideOutput(SummarizeFunction.LATE).filter(new LateFunction()));
        sinks.statistics(statistics);
        var anomalies =
                step("score", statistics.keyBy(WindowStatistics::series).process(new ScoreFunction(settings.score())));

        // By rule and group: the conditions were met before this shuffle, behind it only bits are tested.
        var signals = step("statistics-signals", statistics.map((MapFunction<WindowStatistics, LogEvent>) Signals::of))
                .union(step("anomaly-signals", anomalies.map((MapFunction<Alert, LogEvent>) Signals::of)));
        var known = settings.enrich().inventory().entities();
        var candidates =
                step("select", events.all().union(signals).connect(updates).process(new SelectFunction(rules, known)));
        var matches =
                step("match", candidates.keyBy(Candidate::key).connect(updates).process(new MatchFunction(rules)));

        // Rules over other rules' alerts have a round of their own, so there is no loop in the graph.
        var alerts = step(
                "alert-signals",
                step("told-matches", matches.filter(Alert::isTold)).map((MapFunction<Alert, LogEvent>) Signals::of));
        var selected = step("select-alerts", alerts.connect(updates).process(new SelectFunction(rules, List.of())));
        var later = selected.getSideOutput(SelectFunction.LATER).union(candidates.getSideOutput(SelectFunction.LATER));
        var joined = step(
                "match-alerts", later.keyBy(Candidate::key).connect(updates).process(new MatchFunction(rules)));

        // By rule and entity: what one version of a rule finds there, the other should find too.
        var compared = step(
                "compare",
                matches.getSideOutput(MatchFunction.COMPARED)
                        .union(joined.getSideOutput(MatchFunction.COMPARED))
                        .keyBy(CompareFunction::key)
                        .process(new CompareFunction()));
        // By rule: of its near misses some an hour are kept.
        sinks.nearMisses(step(
                "thin-misses",
                matches.getSideOutput(MatchFunction.NEAR_MISSES)
                        .union(joined.getSideOutput(MatchFunction.NEAR_MISSES))
                        .keyBy(NearMiss::rule)
                        .process(new ThinMissesFunction())));
        sinks.ruleStatus(ruleUpdates
                .getSideOutput(RulesFunction.STATUS)
                .union(
                        candidates.getSideOutput(SelectFunction.STATUS),
                        selected.getSideOutput(SelectFunction.STATUS),
                        matches.getSideOutput(MatchFunction.STATUS),
                        joined.getSideOutput(MatchFunction.STATUS)));
        return anomalies.union(matches, joined, compared);
    }

    private DataStream<Incident> explain(Collected events, DataStream<Alert> alerts) {
        // By cluster: what is one story shares a switch, a node or a job, and those never span clusters.
        var told = step("told-alerts", alerts.filter(Alert::isTold));
        // By rule and entity: an alert lives for as long as one rule finds one thing.
        sinks.alertStates(
                step("follow", told.keyBy(FollowFunction::key).process(new FollowFunction(settings.follow()))));
        Fleet fleet = settings.enrich().inventory().fleet();
        var stories = step(
                "correlate", told.keyBy(Topology::cluster).process(new CorrelateFunction(settings.correlate(), fleet)));
        var diagnosed = step("diagnose", stories.map(new DiagnoseFunction(fleet)));
        // By job or replica: its steps and restarts have an order.
        var facts = step(
                "facts",
                step("signs", events.known().flatMap(new SignFunction()))
                        .keyBy(Sign::key)
                        .process(new FactsFunction(settings.account())));
        sinks.accounts(facts.getSideOutput(FactsFunction.ACCOUNTS));
        // By cluster: what its sources leave out, its incidents lack.
        var complete = step(
                "complete",
                diagnosed
                        .keyBy(ContextFunction::cluster)
                        .connect(step("source-events", events.known().filter(CompleteFunction::tells))
                                .keyBy(CompleteFunction::cluster))
                        .process(new CompleteFunction()));
        return step(
                "context",
                complete.keyBy(ContextFunction::cluster)
                        .connect(facts.keyBy(ContextFact::cluster))
                        .process(new ContextFunction(settings.context())));
    }

    private void respond(StreamExecutionEnvironment environment, DataStream<Incident> incidents, Control control) {
        // By cluster: an open incident keeps others of its cluster quiet.
        var routed = step(
                "route",
                incidents
                        .keyBy(ContextFunction::cluster)
                        .process(new RouteFunction(settings.notifications().routes())));
        // By receiver and group: what was told together is remembered together.
        var notices = step(
                "group",
                routed.keyBy(Routed::group)
                        .connect(control.commands().broadcast(GroupFunction.COMMANDS))
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
                                                        control.commands()
                                                                .filter(said -> said.kind() == Command.Kind.VERDICT))
                                                .setParallelism(1)
                                                .keyBy(Command::target))
                                        .process(new JudgeFunction()))
                        .keyBy(RuleVote::rule)
                        .process(new CountVotesFunction())));
        DataStream<AuditEntry> audit = control.audit()
                .union(
                        notices.getSideOutput(GroupFunction.AUDIT),
                        step("audit-sends", notifications.map((MapFunction<Notification, AuditEntry>) Audits::of)));
        sinks.audit(settings.remediate().isOn() ? audit.union(remediate(environment, incidents, control)) : audit);
    }

    /** What is done about incidents; gives what is to be kept for the record. */
    private DataStream<AuditEntry> remediate(
            StreamExecutionEnvironment environment, DataStream<Incident> incidents, Control control) {
        DataStream<RemediateInput> inputs =
                step("action-incidents", incidents.map((MapFunction<Incident, RemediateInput>) RemediateInput::of));
        DataStream<ActionResult> results = sources.actionResults(environment);
        if (results != null) {
            inputs = inputs.union(step(
                    "action-results", results.map((MapFunction<ActionResult, RemediateInput>) RemediateInput::of)));
        }
        var approvals = step(
                "approvals",
                step("select-approvals", control.commands().filter(said -> said.kind() == Command.Kind.APPROVAL))
                        .setParallelism(1)
                        .map((MapFunction<Command, Approval>) Approval::of)
                        .setParallelism(1));
        NodeCounts known = NodeCounts.of(settings.enrich().inventory().fleet());
        // By cluster: no more than a share of its nodes is touched in a time.
        var actions = step(
                "remediate",
                inputs.keyBy(RemediateInput::cluster)
                        .connect(approvals.broadcast(RemediateFunction.APPROVALS))
                        .process(new RemediateFunction(settings.remediate().withKnown(known))));
        sinks.actions(actions);
        return actions.getSideOutput(RemediateFunction.AUDIT);
    }

    private static String cluster(Alert alert) {
        String cluster = alert.entity().cluster();
        return cluster == null ? "" : cluster;
    }

    /** Gives an operator one stable name: its id in savepoints, in the web UI and in metrics. */
    private static <T> SingleOutputStreamOperator<T> step(String name, SingleOutputStreamOperator<T> operator) {
        return operator.uid(name).name(name);
    }
}
