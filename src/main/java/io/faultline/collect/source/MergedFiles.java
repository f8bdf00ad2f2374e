package io.faultline.collect.source;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several files as one sequence of lines in the order of time; equal times go by the order of the files. A file is opened
 * when its first time is reached and closed at its end, so that a thousand rotated files need few open at once. The lines
 * of one file never change their order, also where their times run back.
 */
final class MergedFiles implements AutoCloseable {

    private final List<LogFile> files = new ArrayList<>();
    private final PriorityQueue<Candidate> waiting = new PriorityQueue<>();
    private @Nullable Candidate current;

    private boolean begun;

    /** Opens nothing yet: the first line is asked for by the thread that reads. */
    MergedFiles(List<FilePosition> positions, FileOpener opener, FilesSettings settings) {
        for (FilePosition position : positions) {
            files.add(new LogFile(files.size(), position, opener, settings));
        }
    }

    /** The next line of all files, or null at the end of the last. */
    @Nullable
    ReadLine next() {
        if (!begun) {
            begin();
        }
        while (true) {
            Candidate candidate = current == null ? waiting.poll() : current;
            current = null;
            if (candidate == null) {
                return null;
            }
            ReadLine line = candidate.head;
            candidate.head = candidate.file.next();
            if (candidate.head != null) {
                candidate.time = candidate.head.after().time();
                Candidate rival = waiting.peek();
                if (rival == null || candidate.compareTo(rival) < 0) {
                    current = candidate;
                } else {
                    waiting.add(candidate);
                }
            }
            if (line != null) {
                return line;
            }
        }
    }

    @Override
    public void close() {
        files.forEach(LogFile::close);
    }

    private void begin() {
        begun = true;
        for (int i = 0; i < files.size(); i++) {
            LogFile file = files.get(i);
            if (!file.position().ended()) {
                waiting.add(new Candidate(file, i, files.size() == 1 ? 0 : file.beginning()));
            }
        }
    }

    private static final class Candidate implements Comparable<Candidate> {
        private final LogFile file;
        private final int index;
        private long time;
        private @Nullable ReadLine head;

        Candidate(LogFile file, int index, long time) {
            this.file = file;
            this.index = index;
            this.time = time;
        }

        @Override
        public int compareTo(Candidate other) {
            return time == other.time ? Integer.compare(index, other.index) : Long.compare(time, other.time);
        }
    }
}
