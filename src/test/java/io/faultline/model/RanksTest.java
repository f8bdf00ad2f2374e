package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {

    @Test
    void writesRuns() {
        Ranks ranks =
                Ranks.NONE.with("8").with("0").with("1").with("70").with("2").with("69");

        assertThat(ranks).hasToString("0-2, 8, 69-70").isEqualTo(ranks.with("8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "3a", "65536", "99999999999999999999", "٣"})
    void whatIsNoRankIsNotInIt(String text) {
        assertThat(Ranks.NONE.with(text).isEmpty()).isTrue();
    }
}
