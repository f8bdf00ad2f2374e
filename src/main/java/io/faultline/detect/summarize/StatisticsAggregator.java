package io.faultline.detect.summarize;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Folds a window's samples as they come. */
public final class StatisticsAggregator
        implements AggregateFunction<Sample, StatisticsAccumulator, StatisticsAccumulator> {

    private static final long serialVersionUID = 1L;

    @Override
    public StatisticsAccumulator createAccumulator() {
        return new StatisticsAccumulator();
    }

    @Override
    public StatisticsAccumulator add(Sample sample, StatisticsAccumulator accumulator) {
        accumulator.add(sample.value());
        return accumulator;
    }

    @Override
    public StatisticsAccumulator getResult(StatisticsAccumulator accumulator) {
        return accumulator;
    }

    @Override
    public StatisticsAccumulator merge(StatisticsAccumulator left, StatisticsAccumulator right) {
        return left.merge(right);
    }
}
