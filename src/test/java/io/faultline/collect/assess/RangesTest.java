package io.faultline.collect.assess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {

    @ParameterizedTest
    @CsvSource({
        "kv_cache_usage_ratio, 0, true",
        "kv_cache_usage_ratio, 1, true",
        "kv_cache_usage_ratio, 1.2, false",
        "kv_cache_usage_ratio, -0.1, false",
        "kv_cache_usage_ratio, NaN, true",
        "running_requests, -1, false",
        "step_time_seconds, -0.5, false",
        "generation_tokens_per_second, Infinity, false",
        "loss, -3.5, true",
        "learning_rate, 0, true",
        "exit_code, -9, true",
        "signal, 15, true",
        "temperature_celsius, 84, true",
        "temperature_celsius, 121, false",
        "memory_temperature_celsius, 9223372036854775794, false",
        "power_watts, 2147483632, false",
        "memory_bytes, 85899345920, true",
        "memory_bytes, 140737488355330, false"
    })
    void knowsWhatAMeasureCanBe(String measure, double value, boolean possible) {
        assertThat(Ranges.canBe(measure, value)).isEqualTo(possible);
    }
}
