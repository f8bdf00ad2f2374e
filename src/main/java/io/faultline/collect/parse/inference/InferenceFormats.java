package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.FormatParser;
import java.util.List;

/** What inference servers write. */
public final class InferenceFormats {

    private InferenceFormats() {}

    /** In the order in which they are asked: those with a head of their own first. */
    public static List<FormatParser> all() {
        return List.of(
                new VllmParser(),
                new SglangParser(),
                new UvicornParser(),
                new GinParser(),
                new OllamaParser(),
                new TgiParser(),
                new SglangGatewayParser(),
                new TgiJsonParser(),
                new TritonParser(),
                new TensorRtLlmParser(),
                new RayServeParser(),
                new RayParser(),
                new EngineLibraryParser(),
                new PrometheusParser(),
                new LlamaCppParser());
    }
}
