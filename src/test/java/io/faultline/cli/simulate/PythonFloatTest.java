package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonFloatTest {

    /** Expected values: what {@code repr(float)} of CPython prints. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        "3, 3.0",
        "1.98e-5, 1.98e-05",
        "2e-5, 2e-05",
        "0.0001, 0.0001",
        "1e-10, 1e-10",
        "1e16, 1e+16",
        "0, 0.0"
    })
    void writesNumbersAsPythonDoes(double value, String expected) {
        assertThat(PythonFloat.repr(value, 16)).isEqualTo(expected);
    }
}
