package io.faultline.respond.remediate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApprovalDocumentTest {

    private static final Approval APPROVAL = new Approval(
            "lost-gpu-0f3a5c7e9b21", true, "ann", "nothing \"else\" runs there", Instant.parse("2026-03-01T10:05:00Z"));

    @Test
    void readsBackWhatItWrote() throws IOException {
        assertThat(ApprovalDocument.read(ApprovalDocument.write(APPROVAL))).isEqualTo(APPROVAL);
        assertThat(ApprovalDocument.key(APPROVAL)).isEqualTo("approval/lost-gpu-0f3a5c7e9b21");
    }

    @Test
    void tellsAllThatIsMissing() {
        assertThatThrownBy(() -> ApprovalDocument.read("{\"kind\":\"approval\",\"approved\":\"yes\",\"at\":\"noon\"}"))
                .isInstanceOf(IOException.class)
                .hasMessage("no approval: action is missing, author is missing, approved is neither true nor false,"
                        + " at is no time as 2026-03-01T10:05:00Z");
        assertThatThrownBy(() -> ApprovalDocument.read("{\"kind\":\"silence\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no approval: kind is not approval");
    }
}
