package io.faultline.store.ndjson;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows by whole lines and can be set back to a length it had. */
final class NdjsonFile implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final OutputStream out;

    private NdjsonFile(FileChannel channel) {
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /**
     * Opens a file for more lines.
     *
     * @param length how much of it to keep; what is behind was written after the checkpoint and comes again
     */
    static NdjsonFile open(Path file, long length) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(channel.size());
        return new NdjsonFile(channel);
    }

    void write(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    /** Makes everything written so far readable, and tells the length. */
    long flush() throws IOException {
        out.flush();
        return channel.position();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
