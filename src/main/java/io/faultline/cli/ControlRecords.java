package io.faultline.cli;

import java.io.IOException;
import java.util.Map;

/** The control topic of a running job, for what was said and for what is to be said. */
public interface ControlRecords {

    /** Sends a document; it is kept when this comes back. An empty one takes back what was said under the key. */
    void send(String key, String document) throws IOException;

    /** The documents whose keys begin so, in the order in which they were said. */
    Map<String, String> read(String prefix) throws IOException;
}
