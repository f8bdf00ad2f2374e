package io.faultline.collect.parse.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "482.99ms | step_time_seconds | | 0.48299",
                "482.99 | step_time_seconds | ms | 0.48299",
                "1m2.5s | step_time_seconds | | 62.5",
                "1h 2m 3s | step_time_seconds | | 3723",
                "00:10:05.5 | step_time_seconds | | 605.5",
                "2:30 | elapsed_seconds | | 150",
                "12µs | elapsed_seconds | | 0.000012",
                "8.6GiB | memory_bytes | | 9234179686.4",
                "12345kB | memory_bytes | | 12345000",
                "2 G | memory_bytes | | 2147483648",
                "56.3% | kv_cache_usage_ratio | | 0.563",
                "56.3 % | kv_cache_usage_ratio | ratio | 0.563",
                "56.3 | kv_cache_usage_ratio | percent | 0.563",
                "0.563 | kv_cache_usage_ratio | | 0.563",
                "1,234 | step | | 1234",
                "1.2e+03 | loss | | 1200",
                "-1.5E-3 | loss | | -0.0015",
                "1.5k | tokens_per_second | | 1500",
                "'0.95' | loss | | 0.95",
                "\"0.95\" | loss | | 0.95",
            })
    void readsANumberInTheBaseUnitOfItsMeasure(String written, String measure, String unit, double expected) {
        assertThat(Quantities.number(written, measure, unit == null ? "" : unit))
                .isCloseTo(expected, within(Math.abs(expected) * 1e-12));
    }

    @Test
    void readsWhatIsNoFiniteNumber() {
        assertThat(Quantities.number("NaN", "loss", "")).isNaN();
        assertThat(Quantities.number("-inf", "loss", "")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Quantities.number("Infinity", "loss", "")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,loss",
        "12 apples,loss",
        "3 GiB,step_time_seconds",
        "5 ms,memory_bytes",
        "1.2.3,loss",
        "'',loss",
        "--,loss"
    })
    void leavesWhatIsNoNumberOfThatMeasure(String written, String measure) {
        assertThat(Quantities.number(written, measure, "")).isNull();
    }
}
