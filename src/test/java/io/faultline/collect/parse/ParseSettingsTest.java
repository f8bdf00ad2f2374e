package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParseSettingsTest {

    private final Problems problems = new Problems();

    @Test
    void readsUtcWhereNothingIsSet() {
        assertThat(read("{}")).isEqualTo(new ParseSettings(ZoneOffset.UTC));
    }

    @Test
    void readsAnOffset() {
        assertThat(read("time-zone: \"+08:00\"").timeZone()).isEqualTo(ZoneOffset.ofHours(8));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void tellsWhatIsNoTimeZone() {
        read("time-zone: Atlantis");

        assertThat(problems.all())
                .containsExactly("time-zone: \"Atlantis\" is not a time zone as UTC, +08:00 or Europe/Paris");
    }

    private ParseSettings read(String yaml) {
        return ParseSettings.read(new SettingsReader(YamlFile.parse("job.yaml", yaml), problems, Map.of()));
    }
}
