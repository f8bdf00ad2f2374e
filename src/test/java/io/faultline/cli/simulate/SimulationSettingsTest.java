package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.settings.SettingsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationSettingsTest {

    @Test
    void plantsEveryFaultUnlessToldOtherwise() {
        assertThat(SimulationSettings.defaults().faults()).isEqualTo(FaultName.usual());
        assertThat(SimulationSettings.defaults().withFaults(List.of()).faults()).isEqualTo(FaultName.usual());
        assertThat(SimulationSettings.defaults().withFaults(List.of("none")).faults())
                .isEmpty();
    }

    @Test
    void namesEveryUnknownFaultAndTheNearestKnownOne() {
        assertThatThrownBy(() -> SimulationSettings.defaults().withFaults(List.of("gpu-xit", "cuda-oom", "zzz")))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .satisfiesExactly(
                                problem -> assertThat(problem)
                                        .startsWith("--fault: \"gpu-xit\" is not a fault, did you mean \"gpu-xid\"?"
                                                + " (known: none, inference-stall, training-stall,")
                                        .contains("straggler"),
                                problem -> assertThat(problem)
                                        .startsWith("--fault: \"zzz\" is not a fault (known: none, inference-stall,")));
    }

    @Test
    void refusesNoneBesideAFault() {
        assertThatThrownBy(() -> SimulationSettings.defaults().withFaults(List.of("none", "gpu-xid")))
                .hasMessageContaining("\"none\" stands alone");
    }

    @Test
    void saysAllThatIsOutOfRangeAtOnce() {
        assertThatThrownBy(() -> SimulationSettings.defaults().withMinutes(3).withNodes(1, 8))
                .hasMessageContaining("--minutes: 3 is not between 10 and 1440");
        assertThatThrownBy(() -> SimulationSettings.defaults().withNodes(1, 99))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.problems()).hasSize(2));
    }
}
