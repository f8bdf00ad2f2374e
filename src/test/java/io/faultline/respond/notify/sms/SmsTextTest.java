package io.faultline.respond.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Language;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.SampleIncidents;
import io.faultline.respond.notify.wording.TemplateWording;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmsTextTest {

    @Test
    void isOneTextOfTheGsmAlphabetWithItsIdAtTheEnd() {
        String text = text("x".repeat(300), Language.EN).whole();

        // [ and ] take two places each
        assertThat(text).hasSize(158).startsWith("[high] new incident: xxx").endsWith("xx... 8c5f0a12b3d4e5f6");
    }

    @Test
    void isOneTextOfSeventyCharactersWhereThereIsAnyOther() {
        String text = text("训练停滞🚨".repeat(30), Language.ZH).whole();

        assertThat(text).hasSizeBetween(69, 70).startsWith("[高] 新事件: 训练停滞🚨").endsWith("… 8c5f0a12b3d4e5f6");
        assertThat(text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF))
                .isTrue();
    }

    @Test
    void givesTheVariablesOfATemplateInItsOrderAndLength() {
        Map<String, String> variables = text("【训练】停滞", Language.ZH).variables(List.of("title", "severity"), 4);

        assertThat(variables).containsExactly(Map.entry("title", "[训练…"), Map.entry("severity", "high"));
    }

    private static SmsText text(String title, Language language) {
        Incident incident = SampleIncidents.titled(title, 1, Incident.State.OPEN, Level.HIGH);
        return SmsText.of(new Notice("ops", NotifyReason.OPENED, incident), TemplateWording.in(language));
    }
}
