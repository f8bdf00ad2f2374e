package io.faultline.collect.source;

import io.faultline.model.RawLog;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Files and standard input as one source, their lines merged in the order of time. One reader reads them all,
 * because an order needs it: run it with parallelism 1; further readers would have nothing to do.
 *
 * <p>What can not be read (a line too long, an archive cut off, a file that is no text) comes as a {@link RawLog} with a
 * {@link RawLog.Trouble}, never as an exception. A checkpoint holds for each file how far it was passed on, so that after a
 * restart no line is lost or comes twice; only standard input can not be read again.
 *
 * <p>Each line carries the time found in it. {@link #lineTimes()} makes watermarks of these, with which the step behind
 * knows that a writer fell silent, at whatever speed the files are read.
 */
public final class LogFilesSource
        implements Source<RawLog, LogFilesSource.FilesSplit, List<LogFilesSource.FilesSplit>>,
                ResultTypeQueryable<RawLog> {

    private final FilesSettings settings;
    private final Clock clock;
    private final boolean live;

    /**
     * @param settings which files; the same file twice is read once
     * @param clock a serializable clock; says when standard input is seen
     * @param live whether other logs go on when all is read. Then this does not end but falls silent: what ended counts as the
     *     end of time, and would be that of the job with the first silence of the others.
     * @throws SettingsException if a file is missing, a directory or may not be read; it names all of them
     */
    public LogFilesSource(FilesSettings settings, Clock clock, boolean live) {
        this.settings = settings;
        this.clock = clock;
        this.live = live;
        Problems problems = new Problems();
        settings.paths().forEach(path -> check(path, problems));
        problems.throwIfAny("the files to read");
    }

    /** Watermarks from the lines' own times, one each second of log time, sent between the two lines that they part. */
    public static WatermarkStrategy<RawLog> lineTimes() {
        return WatermarkStrategy.forGenerator(context -> new LineTimes());
    }

    @Override
    public Boundedness getBoundedness() {
        return live ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<RawLog> getProducedType() {
        return TypeInformation.of(RawLog.class);
    }

    @Override
    public SourceReader<RawLog, FilesSplit> createReader(SourceReaderContext context) {
        return new Reader(FileOpener.real(clock), settings, live);
    }

    @Override
    public SplitEnumerator<FilesSplit, List<FilesSplit>> createEnumerator(SplitEnumeratorContext<FilesSplit> context) {
        List<FilePosition> starts = new LinkedHashSet<>(settings.paths())
                .stream().map(FilePosition::startOf).toList();
        return new Enumerator(context, List.of(new FilesSplit(starts)));
    }

    @Override
    public SplitEnumerator<FilesSplit, List<FilesSplit>> restoreEnumerator(
            SplitEnumeratorContext<FilesSplit> context, List<FilesSplit> unassigned) {
        return new Enumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<FilesSplit> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<FilesSplit>> getEnumeratorCheckpointSerializer() {
        return new UnassignedSerializer();
    }

    private static void check(String path, Problems problems) {
        if (path.equals(FilePosition.STANDARD_INPUT)) {
            return;
        }
        Path file = Path.of(path);
        if (!Files.exists(file)) {
            problems.add(path, "there is no such file");
        } else if (Files.isDirectory(file)) {
            problems.add(path, "is a directory, not a file; name the files in it");
        } else if (!Files.isReadable(file)) {
            problems.add(path, "may not be read by this user");
        }
    }

    /**
     * All files and how far each was passed on.
     *
     * @param positions in the order the files were given
     */
    public record FilesSplit(List<FilePosition> positions) implements SourceSplit {

        public FilesSplit {
            positions = List.copyOf(positions);
        }

        @Override
        public String splitId() {
            return "files";
        }
    }

    private static final class LineTimes implements WatermarkGenerator<RawLog> {
        private long last = Long.MIN_VALUE;

        @Override
        public void onEvent(RawLog log, long timestamp, WatermarkOutput output) {
            if (timestamp >= last + 1_000 || (last == Long.MIN_VALUE && timestamp != Long.MIN_VALUE)) {
                last = timestamp;
                output.emitWatermark(new Watermark(timestamp - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // sent with the lines
        }
    }

    private static final class Enumerator implements SplitEnumerator<FilesSplit, List<FilesSplit>> {
        private final SplitEnumeratorContext<FilesSplit> context;
        private List<FilesSplit> unassigned;

        Enumerator(SplitEnumeratorContext<FilesSplit> context, List<FilesSplit> unassigned) {
            this.context = context;
            this.unassigned = unassigned;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<FilesSplit> splits, int subtask) {
            unassigned = List.copyOf(splits);
        }

        @Override
        public void addReader(int subtask) {
            unassigned.forEach(split -> context.assignSplit(split, subtask));
            unassigned = List.of();
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public List<FilesSplit> snapshotState(long checkpoint) {
            return unassigned;
        }

        @Override
        public void close() {}
    }

    private static final class Reader implements SourceReader<RawLog, FilesSplit> {
        private final FileOpener opener;
        private final FilesSettings settings;
        private final boolean live;
        private final CompletableFuture<Void> told = new CompletableFuture<>();
        private final List<FilePosition> passedOn = new ArrayList<>();
        private @Nullable ReadAhead ahead;
        private List<ReadLine> batch = List.of();
        private int next;

        Reader(FileOpener opener, FilesSettings settings, boolean live) {
            this.opener = opener;
            this.settings = settings;
            this.live = live;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RawLog> output) {
            if (next == batch.size()) {
                batch = ahead == null ? List.of() : ahead.take();
                next = 0;
                if (batch.isEmpty()) {
                    return isDone() && !live ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
                }
            }
            ReadLine line = batch.get(next++);
            passedOn.set(line.file(), line.after());
            long time = line.after().time();
            if (time == TimeSniffer.NONE) {
                output.collect(line.log());
            } else {
                output.collect(line.log(), time);
            }
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<FilesSplit> snapshotState(long checkpoint) {
            return passedOn.isEmpty() ? List.of() : List.of(new FilesSplit(passedOn));
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            if (next < batch.size()) {
                return CompletableFuture.completedFuture(null);
            }
            if (live && isDone()) {
                return new CompletableFuture<>();
            }
            return ahead == null ? told : ahead.available();
        }

        @Override
        public void addSplits(List<FilesSplit> splits) {
            for (FilesSplit split : splits) {
                passedOn.addAll(split.positions());
                ahead = new ReadAhead(new MergedFiles(split.positions(), opener, settings));
            }
            told.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            told.complete(null);
        }

        @Override
        public void close() {
            if (ahead != null) {
                ahead.close();
            }
        }

        private boolean isDone() {
            return ahead == null ? told.isDone() : ahead.isDone();
        }
    }

    private static final class SplitSerializer implements SimpleVersionedSerializer<FilesSplit> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(FilesSplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(split.positions().size());
            for (FilePosition position : split.positions()) {
                out.writeUTF(position.path());
                out.writeLong(position.lastChange());
                out.writeLong(position.lines());
                out.writeLong(position.bytes());
                out.writeLong(position.time());
                out.writeBoolean(position.ended());
            }
            return bytes.toByteArray();
        }

        @Override
        public FilesSplit deserialize(int version, byte[] serialized) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            List<FilePosition> positions = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                positions.add(new FilePosition(
                        in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean()));
            }
            return new FilesSplit(positions);
        }
    }

    private static final class UnassignedSerializer implements SimpleVersionedSerializer<List<FilesSplit>> {
        private final SplitSerializer splits = new SplitSerializer();

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(List<FilesSplit> unassigned) throws IOException {
            return unassigned.isEmpty() ? new byte[0] : splits.serialize(unassigned.get(0));
        }

        @Override
        public List<FilesSplit> deserialize(int version, byte[] serialized) throws IOException {
            return serialized.length == 0 ? List.of() : List.of(splits.deserialize(version, serialized));
        }
    }
}
