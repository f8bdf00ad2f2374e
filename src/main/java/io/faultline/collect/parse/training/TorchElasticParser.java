package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.GlogHead;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** torchrun's agent, in three generations of its prefix, and its report of the first failure. */
public final class TorchElasticParser extends JobFormat {

    private static final String LOGGER = "torch.distributed.";
    private static final String ROOT_CAUSE = "Root Cause (first observed failure):";

    TorchElasticParser() {
        super("torchelastic");
    }

    @Override
    public boolean mayRead(String text) {
        return text.indexOf('\n') >= 0
                || text.startsWith(LOGGER, 9)
                || text.startsWith(LOGGER, 8)
                || text.startsWith(LOGGER, 6)
                || text.startsWith(LOGGER, 5)
                || text.startsWith("[20")
                || GlogHead.mayBegin(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        int cause = text.indexOf(ROOT_CAUSE);
        if (cause >= 0 && (cause == 0 || text.charAt(cause - 1) == '\n')) {
            return report(text, cause, context);
        }
        // One entry of the report, where its frame was read as records of their own.
        if (text.startsWith("]:\n", 2) && text.contains("\n  exitcode ")) {
            return report(text, 0, context);
        }
        Draft draft = head(text, context);
        if (draft == null) {
            return ParseResult.UNRECOGNISED;
        }
        agent(draft.message(), draft);
        return draft.parsed();
    }

    /** {@code ERROR:logger:text}, {@code [time] logger: [ERROR] text} or {@code E0410 time pid torch/…/api.py:858] text}. */
    private @Nullable Draft head(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (text.charAt(0) == '[') {
            Cursor cursor = new Cursor(text, 1);
            Instant time = context.timestamps().iso(cursor);
            if (time == null || !cursor.take("] ") || !text.startsWith(LOGGER, cursor.position())) {
                return null;
            }
            String level = cursor.until(": [") == null ? null : cursor.until("] ");
            return level == null
                    ? null
                    : draft.at(time).severity(severity(level), level).message(cursor.rest());
        }
        int logger = text.indexOf(LOGGER);
        if (logger > 0 && logger <= 9 && text.charAt(logger - 1) == ':') {
            String level = text.substring(0, logger - 1);
            int end = text.indexOf(':', logger);
            return end < 0 ? null : draft.severity(severity(level), level).message(text.substring(end + 1));
        }
        GlogHead head = GlogHead.read(text, context);
        if (head == null || !head.file().contains("torch/distributed/")) {
            return null;
        }
        return draft.at(head.timestamp())
                .severity(SeverityWords.numberOf(head.letter()), String.valueOf(head.letter()))
                .message(text.substring(head.messageStart()));
    }

    private static int severity(String level) {
        int number = SeverityWords.numberOf(level);
        return number == 0 ? Severity.INFO.number() : number;
    }

    private static void agent(String message, Draft draft) {
        if (message.startsWith("Received ") && message.contains(" death signal")) {
            // A stop from outside: what the workers say afterwards is its consequence.
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "terminated");
            Steps.number(message, "Received ", "signal", 1, draft);
        } else if (message.contains("orker group FAILED")
                || (message.contains("Rendezvous") && message.contains("timed out"))) {
            draft.attribute("reason", message.contains("FAILED") ? "worker group failed" : "rendezvous");
        } else if (message.contains("client socket has timed out after ")) {
            draft.kind(EventKind.COLLECTIVE_ERROR).attribute("reason", "rendezvous");
            Steps.number(message, "timed out after ", "timeout_seconds", 1, draft);
        } else {
            failure(message, draft);
        }
    }

    /** {@code failed (exitcode: -6) local_rank: 4 (pid: 169) of binary: /usr/bin/python3}. */
    private static void failure(String message, Draft draft) {
        if (!message.startsWith("failed (exitcode: ")) {
            return;
        }
        exitCode(message, "(exitcode: ", draft);
        draft.attribute("local_rank", digitsAfter(message, "local_rank: "));
        draft.attribute("pid", digitsAfter(message, "(pid: "));
    }

    /** The block under "Root Cause": host, global rank, exit code and time of the failure seen first. */
    private ParseResult report(String text, int cause, ParseContext context) {
        Draft draft = new Draft(this).message(text).severity(Severity.ERROR);
        String block = text.substring(cause);
        exitCode(block, "exitcode", draft);
        otherFailures(text, cause, draft);
        draft.entity(Entity.Level.NODE, wordAfter(block, "host"));
        draft.entity(Entity.Level.RANK, digitsAfter(block, "rank"));
        draft.attribute("pid", digitsAfter(block, "(pid: "));
        draft.attribute("local_rank", digitsAfter(block, "(local_rank: "));
        String time = wordAfter(block, "time");
        draft.at(time == null ? null : context.timestamps().iso(new Cursor(time)));
        int signal = block.indexOf("traceback : Signal ");
        if (signal >= 0) {
            long number = new Cursor(block, signal + 19).number();
            if (number > 0) {
                draft.measure("signal", number);
            }
        }
        return draft.parsed();
    }

    /** The failures above the root cause, each as host and rank: {@code gpu-a1:2 gpu-a1:5}. */
    private static void otherFailures(String text, int cause, Draft draft) {
        StringBuilder failed = new StringBuilder();
        int count = 0;
        for (int at = text.indexOf("\n[", 0); at >= 0 && at < cause; at = text.indexOf("\n[", at + 1)) {
            int next = text.indexOf("\n[", at + 1);
            String block = text.substring(at, next < 0 || next > cause ? cause : next);
            String host = wordAfter(block, "host");
            String rank = digitsAfter(block, "rank");
            if (host != null && rank != null) {
                failed.append(failed.isEmpty() ? "" : " ")
                        .append(host)
                        .append(':')
                        .append(rank);
                count++;
            }
        }
        if (count > 0) {
            draft.measure("other_failures", count).attribute("failed_ranks", failed.toString());
        }
    }

    private static void exitCode(String text, String key, Draft draft) {
        draft.kind(EventKind.PROCESS_EXIT).atLeast(Severity.ERROR);
        int at = text.indexOf(key);
        Cursor cursor = new Cursor(text, at < 0 ? text.length() : at + key.length());
        cursor.spaces().take(':');
        boolean negative = cursor.spaces().take('-');
        long number = cursor.number();
        if (number >= 0) {
            draft.measure("exit_code", negative ? -number : number);
        }
        if (negative && number > 0) {
            draft.measure("signal", number);
        }
        // torchrun ends the healthy ranks by SIGTERM once one has failed.
        draft.attribute("outcome", negative && number == 15 ? "terminated" : "failure");
    }

    /** The word after {@code   host      : }. */
    private static @Nullable String wordAfter(String block, String key) {
        int at = block.indexOf("\n  " + key + " ");
        int colon = at < 0 ? -1 : block.indexOf(':', at);
        String word = colon < 0 ? "" : new Cursor(block, colon + 1).spaces().word();
        return word.isEmpty() ? null : word;
    }

    private static @Nullable String digitsAfter(String text, String key) {
        String word = key.endsWith(" ") ? null : wordAfter(text, key);
        int at = text.indexOf(key);
        long number =
                word != null ? new Cursor(word).number() : at < 0 ? -1 : new Cursor(text, at + key.length()).number();
        return number < 0 ? null : Long.toString(number);
    }
}
