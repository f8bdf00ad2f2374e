package io.faultline;

import static io.faultline.Topology.step;

import io.faultline.detect.match.CompareFunction;
import io.faultline.detect.match.MatchFunction;
import io.faultline.detect.match.SelectFunction;
import io.faultline.detect.match.Signals;
import io.faultline.detect.match.ThinMissesFunction;
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
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.WindowStatistics;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/** From events to alerts: windows, scores and rules. */
final class DetectPhase {

    private final JobSettings settings;
    private final Sinks sinks;

    DetectPhase(JobSettings settings, Sinks sinks) {
        this.settings = settings;
        this.sinks = sinks;
    }

    /**
     * What was found.
     *
     * @param endings which of the alerts are over, as their rules saw
     */
    record Detected(DataStream<Alert> alerts, DataStream<Ending> endings) {}

    Detected wire(CollectPhase.Collected events, SingleOutputStreamOperator<RuleUpdate> ruleUpdates) {
        BroadcastStream<RuleUpdate> updates = ruleUpdates.broadcast(RulesFunction.UPDATES);
        RuleSet rules = settings.match().rules();
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
        return new Detected(
                anomalies.union(matches, joined, compared),
                matches.getSideOutput(MatchFunction.ENDINGS).union(joined.getSideOutput(MatchFunction.ENDINGS)));
    }
}
