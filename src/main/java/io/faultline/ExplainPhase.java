package io.faultline;

import static io.faultline.Topology.step;

import io.faultline.explain.account.Sign;
import io.faultline.explain.account.SignFunction;
import io.faultline.explain.complete.Heard;
import io.faultline.explain.context.ContextFact;
import io.faultline.explain.context.ContextFunction;
import io.faultline.explain.context.FactsFunction;
import io.faultline.explain.correlate.CorrelateFunction;
import io.faultline.explain.correlate.Finding;
import io.faultline.explain.diagnose.DiagnoseFunction;
import io.faultline.explain.follow.FollowFunction;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Fleet;
import io.faultline.model.FleetEntry;
import io.faultline.model.Incident;
import io.faultline.model.LiveFleet;
import io.faultline.model.LogEvent;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From alerts to incidents with a cause, a cost and what was changed before. */
final class ExplainPhase {

    private final JobSettings settings;
    private final Sinks sinks;

    ExplainPhase(JobSettings settings, Sinks sinks) {
        this.settings = settings;
        this.sinks = sinks;
    }

    DataStream<Incident> wire(CollectPhase.Collected events, DetectPhase.Detected detected) {
        var told = step("told-alerts", detected.alerts().filter(Alert::isTold));
        // By rule and entity: an alert lives for as long as one rule finds one thing.
        sinks.alertStates(step(
                "follow",
                told.keyBy(FollowFunction::key)
                        .connect(detected.endings().keyBy(FollowFunction::key))
                        .process(new FollowFunction(settings.follow()))));
        Fleet fleet = settings.enrich().inventory().fleet();
        BroadcastStream<FleetEntry> entries = events.inventory().fleet().broadcast(LiveFleet.ENTRIES);
        var findings = step("findings", told.map((MapFunction<Alert, Finding>) Finding::of))
                .union(step("endings", detected.endings().map((MapFunction<Ending, Finding>) Finding::of)));
        // By cluster: what is one story shares a switch, a node or a job, and those never span clusters.
        var stories = step(
                "correlate",
                findings.keyBy(Finding::cluster)
                        .connect(entries)
                        .process(new CorrelateFunction(settings.correlate(), fleet)));
        var diagnosed = step("diagnose", stories.connect(entries).process(new DiagnoseFunction(fleet)));
        // By job or replica: its steps and restarts have an order.
        var facts = step(
                "facts",
                step("signs", events.known().flatMap(new SignFunction()))
                        .keyBy(Sign::key)
                        .process(new FactsFunction(settings.account())));
        sinks.accounts(facts.getSideOutput(FactsFunction.ACCOUNTS));
        var sources = step(
                "source-facts",
                step("source-events", events.known().filter(Heard::isTold))
                        .map((MapFunction<LogEvent, ContextFact>) ContextFact::ofSource));
        // By cluster: what happened there, and what its sources leave out, is what its incidents are told with.
        return step(
                "context",
                diagnosed
                        .keyBy(Incident::cluster)
                        .connect(facts.union(sources).keyBy(ContextFact::cluster))
                        .process(new ContextFunction(settings.context())));
    }
}
