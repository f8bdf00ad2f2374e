package io.faultline.respond.remediate;

import static io.faultline.respond.remediate.SampleActions.incident;
import static io.faultline.respond.remediate.SampleActions.lostGpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.ActionRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ActionCountsTest {

    private final Map<String, Gauge<?>> metrics = new TreeMap<>();

    @Test
    void tellsWhatWaitsWhatWasDoneAndWhatStoppedTheRest() {
        Desk desk = new Desk(lostGpu("max-share: 0.05", "cool-down: 30m"));
        RemediateFunction.tellMetrics(desk.counts, new Recording(""));

        ActionRequest first =
                desk.incident(incident("i1", "gpu-a1")).executorSucceeds().last();
        ActionRequest second =
                desk.incident(incident("i2", "gpu-a2")).executorSucceeds().last();
        desk.incident(incident("i3", "gpu-a2"));

        assertThat(metric("remediate_waiting")).isEqualTo(2);
        assertThat(metric("remediate_open_breakers")).isEqualTo(0);
        assertThat(metric("remediate_actions_total state=dry_run")).isEqualTo(2L);
        assertThat(metric("remediate_blocked_total rail=busy")).isEqualTo(1L);

        desk.decide(SampleActions.approval(first.id(), true, desk.now));
        ActionRequest order = desk.last();
        desk.decide(SampleActions.approval(second.id(), true, desk.now));
        desk.result(SampleActions.failed(order, "no such node"));

        assertThat(metric("remediate_waiting")).isEqualTo(0);
        assertThat(metric("remediate_open_breakers")).isEqualTo(1);
        assertThat(metric("remediate_actions_total state=ordered")).isEqualTo(1L);
        assertThat(metric("remediate_actions_total state=failed")).isEqualTo(1L);
        assertThat(metric("remediate_actions_total state=done")).isEqualTo(0L);
        assertThat(metric("remediate_actions_total state=blocked")).isEqualTo(2L);
        assertThat(metric("remediate_blocked_total rail=breaker")).isEqualTo(1L);

        desk.after(Duration.ofMinutes(61));

        assertThat(metric("remediate_open_breakers")).isEqualTo(0);
    }

    @Test
    void forgetsAClusterWithItsLastAction() {
        Desk desk = new Desk(lostGpu("max-share: 0"));
        RemediateFunction.tellMetrics(desk.counts, new Recording(""));

        desk.incident(incident("i1", "gpu-a1"));
        Object open = metric("remediate_open_breakers");
        desk.after(Duration.ofMinutes(16)).after(Duration.ofDays(8));

        assertThat(open).isEqualTo(1);
        assertThat(metric("remediate_open_breakers")).isEqualTo(0);
    }

    private Object metric(String name) {
        assertThat(metrics).containsKey(name);
        return metrics.get(name).getValue();
    }

    /** Keeps gauges by their name and label. */
    private final class Recording extends UnregisteredMetricsGroup {

        private final String label;

        Recording(String label) {
            this.label = label;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new Recording(label + " " + key + "=" + value);
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            metrics.put(name + label, gauge);
            return gauge;
        }
    }
}
