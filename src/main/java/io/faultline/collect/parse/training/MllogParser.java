package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** MLPerf's training log: {@code :::MLLOG {"time_ms": …, "key": "train_loss", "value": 2.1, "metadata": {…}}}. */
public final class MllogParser extends JobFormat {

    private static final String HEAD = ":::MLLOG ";

    public MllogParser() {
        super("mlperf");
    }

    @Override
    public String beginnings() {
        return ":";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith(":::");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (!text.startsWith(HEAD)) {
            return isOther(text) ? new Draft(this).message(text).parsed() : ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(text);
        Entry entry = new Entry(draft);
        boolean whole = FlatJson.read(text.substring(HEAD.length()), entry::pair);
        if (!whole && entry.key == null) {
            return ParseResult.UNRECOGNISED;
        }
        entry.finish();
        return draft.parsed();
    }

    /** {@code :::GITCOMMITID …}, {@code :::SYSJSON {…}}, {@code :::DLPAL …}, {@code :::MLPv0.6.0 …}. */
    private static boolean isOther(String text) {
        char c = text.length() > 3 ? text.charAt(3) : 0;
        return c >= 'A' && c <= 'Z';
    }

    /** The pairs of one line, put together once all are known. */
    private static final class Entry {

        private final Draft draft;
        private @Nullable String key;
        private @Nullable String value;
        private boolean number;

        Entry(Draft draft) {
            this.draft = draft;
        }

        void pair(String name, String text, boolean isNumber) {
            switch (name) {
                case "time_ms" -> draft.at(time(text));
                case "key" -> key = text;
                case "value" -> {
                    value = text;
                    number = isNumber;
                }
                case "namespace" -> draft.attribute("namespace", text);
                case "event_type" -> draft.attribute("event_type", text);
                case "value.throughput" -> put("samples_per_second", name, text);
                case "metadata.step", "metadata.step_num" -> put("step", name, text);
                case "metadata.samples_count" -> put("consumed_samples", name, text);
                case "metadata.epoch_num" -> put("epoch", name, text);
                case "metadata.lr" -> put("learning_rate", name, text);
                case "metadata.file", "metadata.lineno" -> {
                    // where in its own source the program logs
                }
                default -> draft.attribute(name.startsWith("metadata.") ? name.substring(9) : name, text);
            }
        }

        private static @Nullable Instant time(String text) {
            Measures.Builder number = Measures.builder();
            boolean read = Numbers.put(number, "ms", 1, text, 0, text.length());
            return read ? Timestamps.epoch(number.build().getOr("ms", -1)) : null;
        }

        private void put(String name, String written, String text) {
            MetricCells.put(written, name, 1, text, 0, text.length(), draft);
        }

        void finish() {
            String what = key == null ? "" : key;
            draft.attribute("key", what);
            switch (what) {
                case "train_loss", "loss" -> {
                    draft.kind(EventKind.TRAINING_STEP);
                    value("loss");
                }
                case "eval_accuracy", "eval_error" -> {
                    draft.kind(EventKind.EVALUATION_RESULT);
                    value(what);
                }
                case "tracked_stats", "throughput" -> {
                    draft.kind(EventKind.METRIC_SAMPLE);
                    value("samples_per_second");
                }
                case "eval_start" -> begin(EventKind.EVALUATION_BEGIN);
                case "run_start" -> begin(EventKind.TRAINING_START);
                case "run_stop" -> stop();
                default -> draft.attribute("value", value);
            }
            MetricCells.grade(draft);
        }

        private void begin(EventKind kind) {
            draft.kind(kind).attribute("value", value);
        }

        /** An aborted run is one that did not reach its target. */
        private void stop() {
            boolean success = "success".equals(statusOf());
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", success ? "success" : "failure");
            draft.severity(success ? Severity.INFO : Severity.WARN).attribute("value", value);
        }

        private @Nullable String statusOf() {
            return draft.parsed().attributes().get("status");
        }

        private void value(String name) {
            String text = value;
            if (text != null) {
                MetricCells.put("value", number ? name : null, 1, text, 0, text.length(), draft);
            }
        }
    }
}
