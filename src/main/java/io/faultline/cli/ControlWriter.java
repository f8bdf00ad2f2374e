package io.faultline.cli;

import java.io.IOException;

/** The control topic of a running job, for documents that say something once. */
public interface ControlWriter {

    /** Sends one; it is kept when this comes back. An empty document takes back what was said under the key. */
    void send(String key, String document) throws IOException;
}
