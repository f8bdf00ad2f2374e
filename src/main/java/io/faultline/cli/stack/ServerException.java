package io.faultline.cli.stack;

/** A server did not start, died or gave an answer nobody asked for; the message quotes what it said last. */
public final class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
