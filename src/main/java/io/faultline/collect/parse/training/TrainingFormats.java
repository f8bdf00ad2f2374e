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
                new DeepSpeedParser(),
                new HuggingFaceParser(),
                new LlamaFactoryParser(),
                new MllogParser(),
                new NemoParser(),
                new DlroverParser(),
                new TorchTitanParser(),
                new TorchElasticParser(),
                new PyTorchParser(),
                new NcclParser(),
                new TransformersParser(),
                new VerlParser(),
                new MaxTextParser(),
                new NanoGptParser(),
                new JaxParser(),
                new DllParser(),
                new GpuStatParser(),
                new LightningParser());
    }

    /** Told by their words alone: asked when no other format understood a record. */
    public static List<FormatParser> withoutHead() {
        return List.of(new JobPrints(), new TracebackPieces());
    }
}
