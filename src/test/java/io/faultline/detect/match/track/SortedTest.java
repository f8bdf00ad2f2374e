package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SortedTest {

    @Test
    void theHundredthPartOfTwoHundredNumbersIsTheTwoLargest() {
        long[] numbers = new long[200];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7L) % 200;
        }

        // 0 to 199 in another order: 198 of them are not above 197
        assertThat(Sorted.highQuantile(0.99, numbers)).isEqualTo(197);
        assertThat(Sorted.highQuantile(0.99, 5, 5, 3)).isEqualTo(5);
        assertThat(Sorted.highQuantile(0.99)).isZero();
    }

    @Property(tries = 300)
    void aHighQuantileIsThatOfTheSortedNumbers(
            @ForAll @Size(max = 200) @LongRange(min = -50, max = 50) long[] numbers,
            @ForAll @DoubleRange(min = 0.5, max = 1) double rank) {
        double[] doubles = Arrays.stream(numbers).asDoubleStream().toArray();

        assertThat(Sorted.highQuantile(rank, numbers))
                .isEqualTo(Sorted.of(doubles).quantile(rank));
    }
}
