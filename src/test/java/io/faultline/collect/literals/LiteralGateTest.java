package io.faultline.collect.literals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiteralGateTest {

    @Test
    void letsThroughEveryTextThatHoldsALiteralWhereverItStands() {
        for (List<String> literals : List.of(
                List.of("acme0", "acme17"),
                List.of("ab", "loss="),
                List.of("=", "step="),
                List.of("abc"),
                List.of("a literal much longer than all others"))) {
            LiteralGate gate = new LiteralGate(literals);
            for (String literal : literals) {
                for (int before = 0; before < 40; before++) {
                    for (int behind = 0; behind < 8; behind++) {
                        String text = "~".repeat(before) + literal + "~".repeat(behind);

                        assertThat(gate.mayHold(text)).as(text).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void stopsTextsOfOtherCharacters() {
        LiteralGate gate = new LiteralGate(List.of("acme0", "acme17"));

        assertThat(gate.mayHold("{\"levelname\": \"INFO\", \"message\": \"request completed\"}"))
                .isFalse();
        assertThat(gate.mayHold("")).isFalse();
    }

    @Test
    void stopsAllWhereThereIsNoLiteral() {
        assertThat(new LiteralGate(List.of()).mayHold("text")).isFalse();
    }
}
