package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.TextReader;
import java.util.List;

/** What any program may write. */
public final class GenericFormats {

    private GenericFormats() {}

    /** In the order in which they are asked: those with a head of their own first. */
    public static List<FormatParser> all(TextReader texts) {
        return List.of(
                new TracebackParser(),
                new CudaMemoryParser(),
                new WandbParser(),
                new MlflowParser(),
                new AccessLogParser(),
                new RustLoggingParser(),
                new JvmLoggingParser(),
                new PythonLoggingParser(),
                new GlogParser(),
                new JsonParser(texts),
                new LogfmtParser());
    }
}
