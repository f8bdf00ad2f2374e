package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class FormatsPageTest {

    @Test
    void saysWhatTheGoldenFilesHold() throws IOException {
        String page = FormatsPage.render();
        if (Boolean.getBoolean("faultline.write-docs")) {
            Files.writeString(FormatsPage.PAGE, page);
        }

        assertThat(FormatsPage.PAGE)
                .as("write it with bin/write-docs")
                .content()
                .isEqualTo(page);
    }

    @Test
    void describesEveryFormat() throws IOException {
        for (String format : new LineParser(ParseSettings.defaults()).formats()) {
            JsonNode about = FormatsPage.about(format);

            assertThat(about.fieldNames())
                    .toIterable()
                    .as("golden/%s/about.yaml", format)
                    .contains("title", "writes", "time", "severity");
        }
    }
}
