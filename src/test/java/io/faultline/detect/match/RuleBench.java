package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The two production operators, one behind the other. What waits for alerts goes the same way. */
final class RuleBench implements AutoCloseable {

    private final OneInputStreamOperatorTestHarness<LogEvent, Candidate> select;
    private final KeyedOneInputStreamOperatorTestHarness<RuleKey, Candidate, Alert> match;
    private final List<Alert> alerts = new ArrayList<>();
    private int read;

    RuleBench(RuleSet rules) throws Exception {
        this(rules, null);
    }

    RuleBench(RuleSet rules, OperatorSubtaskState snapshot) throws Exception {
        select = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(
                new SelectFunction(rules, List.of("cluster=lab node=gpu-a1", "cluster=lab job=train-llm"))));
        match = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new MatchFunction(rules)),
                Candidate::key,
                TypeInformation.of(RuleKey.class));
        match.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        match.setup();
        if (snapshot != null) {
            match.initializeState(snapshot);
        }
        select.open();
        match.open();
    }

    void send(LogEvent event) throws Exception {
        long timestamp = event.timestamp().toEpochMilli();
        select.processElement(event, timestamp);
        List<Candidate> candidates = new ArrayList<>(select.extractOutputValues());
        select.getOutput().clear();
        var later = select.getSideOutput(SelectFunction.LATER);
        if (later != null) {
            later.forEach(record -> candidates.add(record.getValue()));
            later.clear();
        }
        for (Candidate candidate : candidates) {
            match.processElement(candidate, candidate.timestamp());
        }
    }

    /** Moves event time. */
    void time(long watermark) throws Exception {
        match.processWatermark(watermark);
    }

    List<Alert> alerts() {
        List<Alert> all = match.extractOutputValues();
        alerts.addAll(all.subList(read, all.size()));
        read = all.size();
        return alerts;
    }

    int stateEntries() {
        return match.numKeyedStateEntries();
    }

    int timers() {
        return match.numEventTimeTimers();
    }

    OperatorSubtaskState snapshot() throws Exception {
        return match.snapshot(1, 1);
    }

    @Override
    public void close() throws Exception {
        select.close();
        match.close();
    }
}
