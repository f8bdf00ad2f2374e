package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotationTest {

    private static final String CALLS = "Traceback (most recent call last):\n"
            + "  File \"/opt/sft/train.py\", line 148, in <module>\n    trainer.train()\n".repeat(20);

    @Test
    void quotesTheErrorThatATracebackEndsWith() {
        assertThat(Quotation.of(CALLS + "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 3.40 GiB."))
                .isEqualTo("Traceback … torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 3.40 GiB.");
    }

    @Test
    void keepsWhatALoggerSaidBeforeTheTraceback() {
        assertThat(Quotation.of("EngineCore failed to start.\n" + CALLS + "RuntimeError: no free port\n"))
                .isEqualTo("EngineCore failed to start. … RuntimeError: no free port");
    }

    @Test
    void ofSeveralTracebacksTheLastErrorCounts() {
        String chained =
                CALLS + "KeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\n";

        assertThat(Quotation.of(chained + CALLS + "ValueError: b\nsecond line"))
                .isEqualTo("Traceback … ValueError: b\nsecond line");
    }

    @Test
    void leavesAnyOtherTextAndACutTracebackAsTheyAre() {
        assertThat(Quotation.of("iteration 12/ 500\nlm loss: 2.1")).isEqualTo("iteration 12/ 500\nlm loss: 2.1");
        assertThat(Quotation.of(CALLS)).isEqualTo(CALLS);
    }
}
