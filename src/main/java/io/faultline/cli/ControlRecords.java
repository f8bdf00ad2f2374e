package io.faultline.cli;

import java.io.IOException;
import java.util.Map;

/** The control topic of a running job, for what was said and for what is to be said. */
public interface ControlRecords extends ControlWriter {

    /** The documents whose keys begin so, in the order in which they were said. */
    Map<String, String> read(String prefix) throws IOException;
}
