package io.faultline.cli.simulate;

import java.nio.file.Path;
import java.util.List;

/**
 * What a simulation wrote.
 *
 * @param files the log files, in the order of their names; the labels' file is not among them
 * @param lines in all log files
 * @param bytes in all log files
 * @param labels one a planted fault, earliest first
 */
public record SimulationResult(List<Path> files, long lines, long bytes, List<FaultLabel> labels) {

    public SimulationResult {
        files = List.copyOf(files);
        labels = List.copyOf(labels);
    }
}
