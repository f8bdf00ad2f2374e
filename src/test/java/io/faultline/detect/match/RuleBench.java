package io.faultline.detect.match;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.RuleStatus;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The two production operators, one behind the other, and the rule book that tells them what to do. What waits for alerts
 * goes the same way.
 */
final class RuleBench implements AutoCloseable {

    private final TwoInputStreamOperatorTestHarness<LogEvent, RuleUpdate, Candidate> select;
    private final KeyedTwoInputStreamOperatorTestHarness<RuleKey, Candidate, RuleUpdate, Alert> match;
    private final RuleBook book;
    private final List<Alert> alerts = new ArrayList<>();
    private int read;

    /** What both operators hold. */
    record Snapshot(OperatorSubtaskState select, OperatorSubtaskState match) {}

    RuleBench(RuleSet rules) throws Exception {
        this(rules, null);
    }

    RuleBench(RuleSet rules, Snapshot snapshot) throws Exception {
        book = new RuleBook(rules);
        select = new TwoInputStreamOperatorTestHarness<>(new CoBroadcastWithNonKeyedOperator<>(
                new SelectFunction(rules, List.of("cluster=lab node=gpu-a1", "cluster=lab job=train-llm")),
                List.of(RulesFunction.UPDATES)));
        match = matchHarness(rules, 1, 0);
        if (snapshot != null) {
            select.initializeState(snapshot.select());
            match.initializeState(snapshot.match());
        }
        select.open();
        match.open();
        match.processWatermark2(Watermark.MAX_WATERMARK);
    }

    static KeyedTwoInputStreamOperatorTestHarness<RuleKey, Candidate, RuleUpdate, Alert> matchHarness(
            RuleSet rules, int parallelism, int subtask) throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<RuleKey, Candidate, RuleUpdate, Alert>(
                new CoBroadcastWithKeyedOperator<>(new MatchFunction(rules), List.of(RulesFunction.UPDATES)),
                Candidate::key,
                null,
                TypeInformation.of(RuleKey.class),
                128,
                parallelism,
                subtask);
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        harness.setup();
        return harness;
    }

    void send(LogEvent event) throws Exception {
        for (Candidate candidate : candidates(event)) {
            deliver(candidate);
        }
    }

    List<Candidate> candidates(LogEvent event) throws Exception {
        select.processElement1(event, event.timestamp().toEpochMilli());
        List<Candidate> candidates = new ArrayList<>(select.extractOutputValues());
        select.getOutput().clear();
        var later = select.getSideOutput(SelectFunction.LATER);
        if (later != null) {
            later.forEach(record -> candidates.add(record.getValue()));
            later.clear();
        }
        return candidates;
    }

    void deliver(Candidate candidate) throws Exception {
        match.processElement1(candidate, candidate.timestamp());
    }

    /** Both operators hear of a command at once. */
    RuleBook.Outcome command(RuleCommand command) throws Exception {
        RuleBook.Outcome outcome = book.apply(command);
        if (outcome.update() != null) {
            tellSelect(outcome.update());
            tellMatch(outcome.update());
        }
        return outcome;
    }

    RuleBook book() {
        return book;
    }

    void tellSelect(RuleUpdate update) throws Exception {
        select.processElement2(update, 0);
    }

    void tellMatch(RuleUpdate update) throws Exception {
        match.processElement2(update, 0);
    }

    /** Moves event time. */
    void time(long watermark) throws Exception {
        match.processWatermark1(new Watermark(watermark));
    }

    /** Moves the clock. */
    void clock(long millis) throws Exception {
        match.setProcessingTime(millis);
    }

    List<Alert> alerts() {
        List<Alert> all = match.extractOutputValues();
        alerts.addAll(all.subList(read, all.size()));
        read = all.size();
        return alerts;
    }

    List<Alert> compared() {
        return sideOutput(match, MatchFunction.COMPARED);
    }

    List<Ending> endings() {
        return sideOutput(match, MatchFunction.ENDINGS);
    }

    List<NearMiss> nearMisses() {
        return sideOutput(match, MatchFunction.NEAR_MISSES);
    }

    List<RuleStatus> status() {
        List<RuleStatus> all = sideOutput(select, SelectFunction.STATUS);
        all.addAll(sideOutput(match, MatchFunction.STATUS));
        return all;
    }

    private static <T> List<T> sideOutput(TwoInputStreamOperatorTestHarness<?, ?, ?> harness, OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        var records = harness.getSideOutput(tag);
        if (records != null) {
            records.stream().map(StreamRecord::getValue).forEach(values::add);
        }
        return values;
    }

    /**
     * Throws away all that was told so far.
     *
     * @return how many alerts that was, without those that were asked for before
     */
    int forgetTold() {
        int told = alerts().size();
        alerts.clear();
        read = 0;
        match.getOutput().clear();
        forget(match, MatchFunction.ENDINGS);
        forget(match, MatchFunction.NEAR_MISSES);
        return told;
    }

    private static void forget(TwoInputStreamOperatorTestHarness<?, ?, ?> harness, OutputTag<?> tag) {
        var records = harness.getSideOutput(tag);
        if (records != null) {
            records.clear();
        }
    }

    int stateEntries() {
        return match.numKeyedStateEntries();
    }

    int timers() {
        return match.numEventTimeTimers();
    }

    int clockTimers() {
        return match.numProcessingTimeTimers();
    }

    Snapshot snapshot() throws Exception {
        return new Snapshot(select.snapshot(1, 1), match.snapshot(1, 1));
    }

    /** How much both operators hold, as a checkpoint has to write it. */
    long snapshotBytes() throws Exception {
        Snapshot snapshot = snapshot();
        return snapshot.select().getStateSize() + snapshot.match().getStateSize();
    }

    @Override
    public void close() throws Exception {
        select.close();
        match.close();
    }
}
