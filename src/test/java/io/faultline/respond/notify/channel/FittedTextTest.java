package io.faultline.respond.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.notify.wording.TemplateWording;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FittedTextTest {

    @Test
    void leavesAloneWhatFits() {
        assertThat(FittedText.of(List.of("one", "two"), 64, TemplateWording.in(Language.EN)::more))
                .isEqualTo("one\ntwo");
    }

    @Test
    void saysHowManyLinesGaveWay() {
        List<String> lines = Collections.nCopies(40, "训练停滞在 gpu-a1 上");

        assertThat(FittedText.of(lines, 64, TemplateWording.in(Language.EN)::more))
                .isEqualTo("训练停滞在 gpu-a1 上\n… +39 more");
        assertThat(FittedText.of(lines, 64, TemplateWording.in(Language.ZH)::more))
                .isEqualTo("训练停滞在 gpu-a1 上\n……还有 39 条");
    }

    @Test
    void cutsALineThatIsTooLongBetweenTwoCharacters() {
        assertThat(FittedText.of(List.of("🚨".repeat(40)), 64, TemplateWording.in(Language.EN)::more))
                .isEqualTo("🚨".repeat(15) + "…");
        assertThat(FittedText.head("a停🚨", 4)).isEqualTo("a停");
        assertThat(FittedText.head("a停🚨", 7)).isEqualTo("a停");
        assertThat(FittedText.head("a停🚨", 8)).isEqualTo("a停🚨");
    }

    @Property
    void neverExceedsItsLimit(
            @ForAll @Size(min = 1, max = 30) List<String> lines, @ForAll @IntRange(min = 64, max = 300) int limit) {
        String text = FittedText.of(lines, limit, TemplateWording.in(Language.ZH)::more);

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limit);
    }
}
