package io.faultline.cli;

import java.io.IOException;

/** A topic that a job reads logs from. */
public interface LogTopic {

    String name();

    /** Writes one line; it is kept when this comes back. The key is the line's stream. */
    void write(String key, String line) throws IOException;
}
