package io.faultline.cli;

import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place where rejected inputs are kept, and the way back from there. */
public interface KeptRejects extends AutoCloseable {

    /** What is kept and was not put back. */
    List<KeptReject> read() throws IOException;

    /**
     * Puts one back: an input to its topic, a refused document to its index.
     *
     * @param topic where an input goes; null for the topic it came from
     * @return why it can not go back; null where it did
     */
    @Nullable
    String putBack(KeptReject reject, @Nullable String topic) throws IOException, InterruptedException;

    /** Remembers that these were put back. */
    void settle(List<KeptReject> putBack) throws IOException;

    @Override
    void close() throws IOException;
}
