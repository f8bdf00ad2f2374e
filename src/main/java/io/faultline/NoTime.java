package io.faultline;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * What is read has no time, as an inventory or rules: it is idle for ever. So it never holds back the clock of the logs beside
 * it, and never stands for it either. A last watermark in its place would be the only one that counts while the logs are idle:
 * the job's time would be over with the first silence of all logs, and whatever came later would be too late.
 *
 * <p>Such a source ends only where that of the logs does: what ended counts as the end of time.
 *
 * @param <T> what is read
 */
final class NoTime<T> implements WatermarkStrategy<T> {

    private static final long serialVersionUID = 1L;

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(T element, long timestamp, WatermarkOutput output) {
                // says nothing of the time
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                output.markIdle();
            }
        };
    }
}
