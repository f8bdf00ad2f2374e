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

    MergedFiles(List<FilePosition> positions, FileOpener opener, int maxLineBytes) {
        for (FilePosition position : positions) {
            LogFile file = new LogFile(files.size(), position, opener, maxLineBytes);
            if (!position.ended()) {
                waiting.add(new Candidate(file, files.size(), positions.size() == 1 ? 0 : file.beginning()));
            }
            files.add(file);
        }
    }

    /** The next line of all files, or null at the end of the last. */
    @Nullable
    ReadLine next() {
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

    /** Where each file's reading would go on, in the order they were given. */
    List<FilePosition> positions() {
        return files.stream().map(LogFile::position).toList();
    }

    @Override
    public void close() {
        files.forEach(LogFile::close);
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
