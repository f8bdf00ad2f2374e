package io.faultline.collect.parse;

/** The lengths at which others cut a record without a word. A record of exactly that length was cut, but for a rare accident. */
final class LengthLimits {

    /** Docker's log driver. */
    private static final int DOCKER = 16_384;

    /** RFC 5424's least for a receiver, and rsyslog's default. */
    private static final int SYSLOG = 2_048;

    private static final int RSYSLOG = 8_192;

    /** CloudWatch's event. */
    private static final int CLOUD_WATCH = 262_144;

    private LengthLimits() {}

    static boolean isCutAt(int length) {
        return length >= SYSLOG && (length == SYSLOG || length == RSYSLOG || length == DOCKER || length == CLOUD_WATCH);
    }
}
