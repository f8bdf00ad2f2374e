package io.faultline.cli;

import io.faultline.collect.assess.AssessSettings;
import io.faultline.collect.assess.SourceAssessor;
import io.faultline.collect.assess.SourceRecord;
import io.faultline.collect.decode.DecodeSettings;
import io.faultline.collect.decode.StreamDecoder;
import io.faultline.collect.enrich.Enricher;
import io.faultline.collect.enrich.Inventory;
import io.faultline.collect.enrich.Learned;
import io.faultline.collect.mine.EventMiner;
import io.faultline.collect.mine.MineSettings;
import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.collect.redact.RedactSettings;
import io.faultline.collect.redact.Redactor;
import io.faultline.collect.source.FilesSettings;
import io.faultline.collect.source.LogFiles;
import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import io.faultline.store.document.EventDocument;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The doers of {@code collect}, called in this thread. */
public final class DirectLogReader implements LogReader {

    private final DecodeSettings decode;
    private final Redactor redactor = new Redactor(RedactSettings.defaults());
    private final EventMiner miner = new EventMiner(MineSettings.defaults());
    private final EventDocument documents = new EventDocument();

    public DirectLogReader() {
        this(DecodeSettings.defaults());
    }

    public DirectLogReader(DecodeSettings decode) {
        this.decode = decode;
    }

    @Override
    public long read(
            List<Path> files,
            ParseSettings parse,
            RunListener listener,
            Consumer<LogEvent> events,
            Consumer<Rejected> rejected) {
        return read(files, parse, listener, events, rejected, null);
    }

    @Override
    public void explain(
            List<Path> files, ParseSettings parse, RunListener listener, Consumer<Explanation> explanations) {
        read(files, parse, listener, event -> {}, rejected -> {}, explanations);
    }

    private long read(
            List<Path> files,
            ParseSettings parse,
            RunListener listener,
            Consumer<LogEvent> events,
            Consumer<Rejected> rejects,
            @Nullable Consumer<Explanation> explanations) {
        Consumer<Rejected> rejected = reject -> rejects.accept(redactor.redact(reject));
        long lines = 0;
        long[] bytes = {0};
        for (Path file : files) {
            var decoder = new StreamDecoder(decode.in(parse.timeZone()));
            Consumer<LogEvent> mined = event -> events.accept(miner.add(event));
            var records = new Records(parse, redactor, mined, rejected, explanations);
            lines += LogFiles.read(
                    FilesSettings.of(List.of(file.toString())).in(parse.timeZone()), Clock.systemUTC(), (log, time) -> {
                        bytes[0] += log.payload().length + 1;
                        records.arrival = Instant.ofEpochMilli(time);
                        listener.read(bytes[0]);
                        decoder.add(log, time, records, rejected);
                    });
            decoder.finish(records);
        }
        return lines;
    }

    @Override
    public List<EventMiner.Found> templates() {
        return miner.found();
    }

    @Override
    public String document(LogEvent event) {
        return documents.text(event);
    }

    /** The records of one file on their way to events; the parser remembers each log in the file, as it does in the job. */
    private static final class Records implements Consumer<TextLog> {
        private final LineParser parser;
        private final Redactor redactor;
        private final Enricher enricher = new Enricher(Inventory.EMPTY);
        private final Learned learned = Learned.inMemory();
        private final SourceAssessor assessor = new SourceAssessor(AssessSettings.defaults());
        private final Map<String, SourceRecord> sources = new HashMap<>();
        private final Consumer<LogEvent> events;
        private final Consumer<Rejected> rejected;
        private final @Nullable Consumer<Explanation> explanations;
        private final Map<String, StreamMemory> memories = new HashMap<>();
        private Instant arrival = Instant.EPOCH;

        Records(
                ParseSettings parse,
                Redactor redactor,
                Consumer<LogEvent> events,
                Consumer<Rejected> rejected,
                @Nullable Consumer<Explanation> explanations) {
            this.redactor = redactor;
            this.parser = new LineParser(parse);
            this.explanations = explanations;
            this.events = events;
            this.rejected = rejected;
        }

        @Override
        public void accept(TextLog log) {
            StreamMemory memory = memories.getOrDefault(log.source(), StreamMemory.EMPTY);
            LineParser.Outcome outcome = parser.parse(log, memory, arrival);
            if (explanations != null) {
                explanations.accept(new Explanation(
                        redactor.redact(log.text()), outcome.event(), parser.explain(log, memory, arrival)));
            }
            memories.put(log.source(), outcome.memory());
            LogEvent event = enricher.enrich(redactor.redact(outcome.event()), learned);
            SourceRecord source = sources.computeIfAbsent(event.source(), name -> new SourceRecord());
            events.accept(assessor.assess(event, arrival.toEpochMilli(), Long.MIN_VALUE, source, report -> {}));
            if (outcome.rejected() != null) {
                rejected.accept(outcome.rejected());
            }
        }
    }
}
