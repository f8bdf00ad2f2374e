package io.faultline.detect.match.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.detect.match.rule.RuleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a directory, looked at every second: one command a file that is new, changed or gone. Run it with parallelism
 * 1; the directory must be there on the machine that runs it.
 */
public final class RulesDirectorySource
        implements Source<RuleCommand, RulesDirectorySource.Seen, RulesDirectorySource.Seen>,
                ResultTypeQueryable<RuleCommand> {

    private static final Logger LOG = LoggerFactory.getLogger(RulesDirectorySource.class);
    private static final long serialVersionUID = 1L;
    private static final long LOOK_MILLIS = 1_000;

    private final String directory;
    private final Set<String> disabled;
    private final boolean live;

    /**
     * @param directory empty for none
     * @param disabled the ids of rules that are left where they are
     * @param live whether to go on looking; otherwise it ends without a command
     */
    public RulesDirectorySource(String directory, List<String> disabled, boolean live) {
        this.directory = directory;
        this.disabled = new TreeSet<>(disabled);
        this.live = live;
    }

    /** The rules whose files were passed on. */
    public record Seen(List<String> rules) implements SourceSplit {

        static final Seen NOTHING = new Seen(List.of());

        public Seen {
            rules = List.copyOf(rules);
        }

        @Override
        public String splitId() {
            return "directory";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return live ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<RuleCommand> getProducedType() {
        return TypeInformation.of(RuleCommand.class);
    }

    @Override
    public SourceReader<RuleCommand, Seen> createReader(SourceReaderContext context) {
        return new Reader();
    }

    @Override
    public SplitEnumerator<Seen, Seen> createEnumerator(SplitEnumeratorContext<Seen> context) {
        return new Enumerator(context, Seen.NOTHING);
    }

    @Override
    public SplitEnumerator<Seen, Seen> restoreEnumerator(SplitEnumeratorContext<Seen> context, @Nullable Seen seen) {
        return new Enumerator(context, seen);
    }

    @Override
    public SimpleVersionedSerializer<Seen> getSplitSerializer() {
        return new SeenSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Seen> getEnumeratorCheckpointSerializer() {
        return new SeenSerializer();
    }

    /** Looks at the files; those that can not be read now are looked at again. */
    private final class Reader implements SourceReader<RuleCommand, Seen> {
        private final CompletableFuture<Void> told = new CompletableFuture<>();
        private final Map<String, String> known = new HashMap<>();
        private final Set<String> unreadable = new HashSet<>();

        /** Families with a mistake, which were passed on so that it is told, and are no rules. */
        private final Set<String> broken = new HashSet<>();

        private final ArrayDeque<RuleCommand> found = new ArrayDeque<>();
        private CompletableFuture<Void> nextLook = CompletableFuture.completedFuture(null);
        private boolean assigned;

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RuleCommand> output) {
            if (!live) {
                return told.isDone() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            if (found.isEmpty() && told.isDone() && !directory.isEmpty()) {
                nextLook = new CompletableFuture<Void>().completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS);
                look();
            }
            RuleCommand command = found.poll();
            if (command == null) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            output.collect(command);
            return found.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
        }

        private void look() {
            Map<String, String> now = new TreeMap<>();
            boolean allKnown = true;
            try {
                for (Path path : RuleFile.paths(Path.of(directory))) {
                    RuleFile file = new RuleFile(path.toString(), text(path));
                    for (RuleFile rule : file.rules()) {
                        now.put(rule.stem(), rule.text());
                        allKnown &= !mayHoldOthers(rule);
                        if (rule.isFamily()) {
                            broken.add(rule.stem());
                        } else if (!rule.text().isBlank()) {
                            broken.remove(rule.stem());
                        }
                    }
                }
                unreadable.remove(directory);
            } catch (IOException e) {
                warn(directory, e);
                return;
            }
            now.keySet().removeAll(disabled);
            if (allKnown) {
                // Which rules a file held that can not be read now is not known, so none is gone.
                forget(now.keySet());
            }
            now.forEach((rule, text) -> {
                if (!text.isBlank() && !text.equals(known.put(rule, text))) {
                    found.add(RuleCommand.file(rule, text));
                }
            });
        }

        private void forget(Set<String> present) {
            for (String rule : new TreeSet<>(known.keySet())) {
                if (!present.contains(rule)) {
                    known.remove(rule);
                    if (!broken.remove(rule)) {
                        found.add(RuleCommand.file(rule, ""));
                    }
                }
            }
        }

        /** A family with a mistake, or a file that may be one. */
        private boolean mayHoldOthers(RuleFile rule) {
            String stem = rule.stem();
            boolean isRule = known.containsKey(stem) && !broken.contains(stem);
            return rule.isFamily() || (rule.text().isBlank() && !isRule);
        }

        /** Blank where it can not be read, as is one that is just being written. */
        private String text(Path file) {
            try {
                String text = RuleFile.read(file).text();
                unreadable.remove(file.toString());
                return text;
            } catch (IOException e) {
                warn(file.toString(), e);
                return "";
            }
        }

        /** Once, until it can be read again. */
        private void warn(String path, IOException why) {
            if (unreadable.add(path)) {
                LOG.warn("{} can not be read, what was in force stays: {}", path, why.toString());
            }
        }

        @Override
        public List<Seen> snapshotState(long checkpoint) {
            return assigned ? List.of(new Seen(List.copyOf(new TreeSet<>(known.keySet())))) : List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            if (!found.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            return told.isDone() ? nextLook : told;
        }

        @Override
        public void addSplits(List<Seen> splits) {
            // Every text counts as changed; the book knows better.
            splits.forEach(seen -> seen.rules().forEach(rule -> known.put(rule, "")));
            assigned = true;
            nextLook = CompletableFuture.completedFuture(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            // The last that the coordinator says: a task that ended before would make it fail.
            told.complete(null);
        }

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<Seen, Seen> {
        private final SplitEnumeratorContext<Seen> context;
        private @Nullable Seen unassigned;

        Enumerator(SplitEnumeratorContext<Seen> context, @Nullable Seen unassigned) {
            this.context = context;
            this.unassigned = unassigned;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Seen> splits, int subtask) {
            unassigned = splits.isEmpty() ? unassigned : splits.get(0);
        }

        @Override
        public void addReader(int subtask) {
            Seen seen = unassigned;
            if (seen != null) {
                context.assignSplit(seen, subtask);
                unassigned = null;
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public @Nullable Seen snapshotState(long checkpoint) {
            return unassigned;
        }

        @Override
        public void close() {}
    }

    private static final class SeenSerializer implements SimpleVersionedSerializer<Seen> {
        private static final byte[] ASSIGNED = {0};

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(@Nullable Seen seen) {
            return seen == null ? ASSIGNED : String.join("\n", seen.rules()).getBytes(UTF_8);
        }

        @Override
        public @Nullable Seen deserialize(int version, byte[] serialized) {
            if (serialized.length == 1 && serialized[0] == 0) {
                return null;
            }
            return new Seen(new String(serialized, UTF_8).lines().toList());
        }
    }
}
