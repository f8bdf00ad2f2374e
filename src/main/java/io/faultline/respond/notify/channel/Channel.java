package io.faultline.respond.notify.channel;

/**
 * A way to tell somebody something. {@link #deliver} blocks until the other side answered, gave up or the thread is
 * interrupted, is called by several threads at once and throws nothing: what went wrong is a {@link Receipt}.
 */
public interface Channel extends AutoCloseable {

    Receipt deliver(Notice notice);

    /** What {@link #deliver} would tell, as far as people can read it; talks to nobody. */
    String preview(Notice notice);

    @Override
    default void close() {}
}
