package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.FormatParser;
import java.util.List;

/** What training frameworks and their launchers write. */
public final class TrainingFormats {

    private TrainingFormats() {}

    /** In the order in which they are asked: those with a head of their own first. */
    public static List<FormatParser> all() {
        return List.of(
                new MegatronParser(),
                new HuggingFaceParser(),
                new TorchElasticParser(),
                new PyTorchParser(),
                new TransformersParser());
    }
}
