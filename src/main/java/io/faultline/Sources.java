package io.faultline;

import io.faultline.collect.enrich.InventoryPiece;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RulesDirectorySource;
import io.faultline.model.ActionResult;
import io.faultline.model.RawLog;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Where logs come from: Kafka, files and standard input in production, a bounded list in tests. */
public interface Sources {

    /**
     * The logs as they are read. Their watermarks only hold the parts of a source together and tell silence; the events'
     * own time is known once they are parsed.
     */
    DataStream<RawLog> rawLogs(StreamExecutionEnvironment environment);

    /** Pieces of the inventory that come while the job runs; null where none do. */
    default @Nullable DataStream<InventoryPiece> inventory(StreamExecutionEnvironment environment) {
        return null;
    }

    /** What changes the rules while the job runs; without a command it still has no time to hold anybody back. */
    default DataStream<RuleCommand> rules(StreamExecutionEnvironment environment) {
        return directory(environment, "", List.of(), areLive());
    }

    /** The rules of a directory; the empty one never says anything. */
    static DataStream<RuleCommand> directory(
            StreamExecutionEnvironment environment, String directory, List<String> disabled, boolean live) {
        return environment
                .fromSource(
                        new RulesDirectorySource(directory, disabled, live), new NoTime<>(), "source-rules-directory")
                .setParallelism(1)
                .uid("source-rules-directory");
    }

    /** What executors say came of actions; null where there are none. */
    default @Nullable DataStream<ActionResult> actionResults(StreamExecutionEnvironment environment) {
        return null;
    }

    /** Whether logs arrive as they are written, so that silence on the clock is silence of the writer. */
    boolean areLive();
}
