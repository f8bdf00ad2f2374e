package io.faultline.collect.parse.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartsTest {

    private final Starts starts = Starts.of("step ", "steps: ", "État ", "I");

    @Test
    void knowsATextThatStartsWithOneOfThem() {
        assertThat(starts.startsAny("step 3")).isTrue();
        assertThat(starts.startsAny("steps: 3")).isTrue();
        assertThat(starts.startsAny("État du service")).isTrue();
    }

    @Test
    void leavesTextsThatOnlyShareTheFirstCharacter() {
        assertThat(starts.startsAny("stepping")).isFalse();
        assertThat(starts.startsAny("a step ")).isFalse();
        assertThat(starts.startsAny("")).isFalse();
    }

    @Test
    void doesNotTakeOneCharacterForAnotherOfItsRow() {
        char sameRow = 'I' + 128;

        assertThat(starts.startsAny(sameRow + "nfo")).isFalse();
    }
}
