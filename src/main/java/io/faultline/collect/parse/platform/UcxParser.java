package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Signals;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/**
 * UCX, which most MPI jobs under Slurm run on: {@code [gpu-a1:227  :0:227] Caught signal 11 (Segmentation fault: …)} when a
 * process dies, the backtrace behind it, and {@code [1709287200.000123] [gpu-a1:227  :0] file.c:12 UCX  ERROR text}.
 */
public final class UcxParser implements FormatParser {

    private static final String CAUGHT = "Caught signal ";
    private static final String UCX = " UCX ";
    private static final String BACKTRACE = "==== backtrace (tid:";
    private static final int REACH = 160;

    @Override
    public String name() {
        return "ucx";
    }

    @Override
    public Family family() {
        return Family.PLATFORM;
    }

    @Override
    public Family familyIn(Family stream) {
        return stream == Family.GENERIC ? Family.PLATFORM : stream;
    }

    @Override
    public String beginnings() {
        return "=[";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.startsWith(BACKTRACE)) {
            return true;
        }
        if (text.length() < 20 || text.charAt(0) != '[') {
            return false;
        }
        int found = text.indexOf(CAUGHT);
        found = found < 0 ? text.indexOf(UCX) : found;
        return found > 0 && found < REACH;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        if (text.startsWith(BACKTRACE)) {
            long thread = new Cursor(text, BACKTRACE.length()).spaces().number();
            return draft.attribute("pid", thread < 0 ? null : Long.toString(thread))
                    .parsed();
        }
        Cursor cursor = new Cursor(text, 1);
        long seconds = cursor.number();
        if (seconds > 0 && cursor.take('.')) {
            int micros = cursor.digits(6);
            boolean shape = micros >= 0 && cursor.take("] [");
            if (!shape) {
                return ParseResult.UNRECOGNISED;
            }
            draft.at(Timestamps.epoch(seconds + micros / 1e6));
        } else {
            cursor.position(1);
        }
        String host = cursor.until(':');
        long pid = cursor.number();
        String rest = host == null || host.indexOf(' ') >= 0 || pid < 0 || cursor.until(']') == null
                ? ""
                : cursor.spaces().rest();
        draft.entity(Entity.Level.NODE, host).attribute("pid", Long.toString(pid));
        if (rest.startsWith(CAUGHT)) {
            return caught(rest, draft);
        }
        int ucx = rest.indexOf(UCX);
        String level =
                ucx < 0 ? "" : new Cursor(rest, ucx + UCX.length()).spaces().word();
        int severity = SeverityWords.numberOf(level);
        if (severity == 0) {
            return ParseResult.UNRECOGNISED;
        }
        return draft.severity(severity, level)
                .message(rest.substring(rest.indexOf(level, ucx + UCX.length()) + level.length())
                        .strip())
                .parsed();
    }

    private static ParseResult caught(String rest, Draft draft) {
        long signal = new Cursor(rest, CAUGHT.length()).number();
        int open = rest.indexOf('(');
        long number = signal >= 0 ? signal : open < 0 ? 0 : Signals.numberOf(rest.substring(open + 1));
        draft.kind(EventKind.PROCESS_EXIT)
                .message(rest)
                .measure("signal", number)
                .atLeast(Severity.ERROR);
        return draft.attribute("outcome", "failure").parsed();
    }
}
