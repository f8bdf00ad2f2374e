package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.story.Story;
import io.faultline.model.Entity;
import io.faultline.model.NearMiss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MissSampleTest {

    @Test
    void keepsTenOfAHundredAndSaysThatTheyAreSome() {
        List<NearMiss> kept = sampled(hundred()).misses();

        assertThat(kept).hasSize(10).allSatisfy(miss -> assertThat(miss.among()).isEqualTo(100));
        assertThat(kept).extracting(NearMiss::endedAt).isSorted();
    }

    @Test
    void keepsTheSameInWhateverOrderTheyCome() {
        List<NearMiss> shuffled = hundred();
        Collections.shuffle(shuffled, new Random(3));

        assertThat(sampled(shuffled).misses()).isEqualTo(sampled(hundred()).misses());
    }

    @Test
    void countsTheHourInWhichTheyEnded() {
        long ten = Story.START.toEpochMilli();

        assertThat(MissSample.hour(miss(0))).isEqualTo(ten);
        assertThat(MissSample.hour(miss(3_599))).isEqualTo(ten);
        assertThat(MissSample.hour(miss(3_600))).isEqualTo(ten + 3_600_000);
        assertThat(MissSample.end(ten)).isEqualTo(ten + 3_599_999);
    }

    static NearMiss miss(int second) {
        Entity job = Entity.ofJob("train-llm");
        var at = Story.START.plusSeconds(second);
        return new NearMiss("stall", 1, "A stall", job, at, at, "nearly", List.of(), NearMiss.NOT_SAMPLED);
    }

    private static MissSample sampled(List<NearMiss> misses) {
        MissSample sample = MissSample.EMPTY;
        for (NearMiss miss : misses) {
            sample = sample.with(miss);
        }
        return sample;
    }

    private static List<NearMiss> hundred() {
        List<NearMiss> misses = new ArrayList<>();
        for (int second = 0; second < 100; second++) {
            misses.add(miss(second));
        }
        return misses;
    }
}
