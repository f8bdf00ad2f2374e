package io.faultline.collect.parse.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Measures;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @Test
    void readsTheDoubleThatIsNearestToWhatIsWritten() {
        long seed = 20260301;
        Random random = new Random(seed);
        String[] forms = {"%.6E", "%.3e", "%.0f", "%.9f", "%.15e", "%.1fe%d", "-%.4fE-%d"};
        for (int i = 0; i < 20_000; i++) {
            double any = random.nextDouble() * Math.pow(10, random.nextInt(12));
            String written = String.format(Locale.ROOT, forms[i % forms.length], any, random.nextInt(40));

            assertThat(number(written)).as("seed %d: %s", seed, written).isEqualTo(Double.parseDouble(written));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.500000E-04", "2.25e0", "1E+22", "1E-22", "1e23", "3e-308", "1e400", "0e0", "-1E5"})
    void readsExponents(String written) {
        assertThat(number(written)).isEqualTo(Double.parseDouble(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e", "1e+", "e5", "1e5x", "1e5.5", "1e1e1", "E", "1d", "0x1p3", "", ".e1"})
    void leavesWhatIsNoNumber(String written) {
        Measures.Builder measures = Measures.builder();

        assertThat(Numbers.put(measures, "x", 1, written, 0, written.length())).isFalse();
    }

    private static double number(String written) {
        Measures.Builder measures = Measures.builder();
        assertThat(Numbers.put(measures, "x", 1, written, 0, written.length()))
                .as(written)
                .isTrue();
        return measures.build().getOr("x", Double.NaN);
    }
}
