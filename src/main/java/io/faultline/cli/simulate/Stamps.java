package io.faultline.cli.simulate;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A moment as each piece of software writes it; all clocks of the cluster are set to UTC. */
final class Stamps {

    private static final DateTimeFormatter SPACE = pattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter COMMA = pattern("uuuu-MM-dd HH:mm:ss,SSS");
    private static final DateTimeFormatter DOT = pattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter SLURM = pattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter ELASTIC = pattern("uuuu-MM-dd_HH:mm:ss");
    private static final DateTimeFormatter MONTH_DAY = pattern("MM-dd HH:mm:ss");
    private static final DateTimeFormatter C10 = pattern("Mdd HH:mm:ss.SSS");
    private static final DateTimeFormatter GLOG = pattern("MMdd HH:mm:ss.SSS");
    private static final DateTimeFormatter SMI = pattern("uuuu/MM/dd HH:mm:ss.SSS");
    private static final DateTimeFormatter TRACING = pattern("uuuu-MM-dd'T'HH:mm:ss.SSS'000Z'");
    private static final DateTimeFormatter SYSLOG = pattern("MMM ppd HH:mm:ss");

    private Stamps() {}

    static String space(long at) {
        return SPACE.format(time(at));
    }

    /** Python's {@code asctime}. */
    static String comma(long at) {
        return COMMA.format(time(at));
    }

    static String dotMillis(long at) {
        return DOT.format(time(at));
    }

    static String slurm(long at) {
        return SLURM.format(time(at));
    }

    static String elastic(long at) {
        return ELASTIC.format(time(at));
    }

    /** vLLM's: neither year nor zone. */
    static String monthDay(long at) {
        return MONTH_DAY.format(time(at));
    }

    /** PyTorch's C++ logger: the month has no leading zero, and there are nine digits of fraction. */
    static String c10(long at, int nanos) {
        return C10.format(time(at)) + String.format(Locale.ROOT, "%06d", nanos);
    }

    /** torchelastic's since PyTorch 2.3: glog's shape with Python's milliseconds. */
    static String glog(long at) {
        return GLOG.format(time(at)) + "000";
    }

    /** RFC 3164: the day is padded with a space, and there is no year. */
    static String syslog(long at) {
        return SYSLOG.format(time(at));
    }

    /** nvidia-smi's. */
    static String smi(long at) {
        return SMI.format(time(at));
    }

    /** Rust's tracing: microseconds. */
    static String tracing(long at) {
        return TRACING.format(time(at));
    }

    static String iso(long at) {
        return Instant.ofEpochMilli(at).toString();
    }

    private static LocalDateTime time(long at) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(at, 1000L), Math.floorMod(at, 1000) * 1_000_000, ZoneOffset.UTC);
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
