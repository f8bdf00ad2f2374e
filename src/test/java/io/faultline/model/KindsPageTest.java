package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindsPageTest {

    @Test
    void namesEveryKindAndNoOther() {
        List<String> kinds =
                Arrays.stream(EventKind.values()).map(EventKind::id).toList();

        assertThat(KindsPage.column(KindsPage.KINDS)).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void namesMeasuresWithLettersAndUnits() {
        assertThat(MeasureNames.all()).contains("loss", "kv_cache_usage_ratio").allSatisfy(name -> assertThat(name)
                .matches("[a-z][a-z0-9_]*"));
        assertThat(AttributeNames.all())
                .contains("outcome", "xid_class")
                .doesNotContain("success")
                .allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9_]*"));
    }
}
