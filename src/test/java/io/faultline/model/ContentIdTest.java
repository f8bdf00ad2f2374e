package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentIdTest {

    @Test
    void isTheBeginningOfTheHashOfItsParts() {
        // printf 'abc' | sha256sum, and of 'a\nb'
        assertThat(ContentId.of(8, "abc")).isEqualTo("ba7816bf8f01cfea");
        assertThat(ContentId.of(6, "a", "b")).isEqualTo("7e18f737311b");
    }
}
