package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.GlogHead;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** PyTorch's C++ lines, above all those of ProcessGroupNCCL's watchdog, in all generations of its prefix. */
public final class PyTorchParser extends JobFormat {

    private static final String FROM_RANK = " from  rank ";

    /** At the end of good runs, and at the start of any. */
    private static final String[] BENIGN = {
        "process group has NOT been destroyed before we destruct",
        "destroy_process_group() was not called before program exit",
        "Failed to check the \"should dump\" flag on TCPStore",
        "recvValue failed on SocketImpl",
        "sendBytes failed on SocketImpl",
        "device used by this process is currently unknown",
        "device under current context",
        "The server socket cannot be initialized on [::]",
        "The client socket cannot be initialized to connect to [",
        "The server socket on [::]",
        "The hostname of the client socket cannot be retrieved"
    };

    PyTorchParser() {
        super("pytorch");
    }

    @Override
    public String beginnings() {
        return "DEFIW[";
    }

    @Override
    public boolean mayRead(String text) {
        return GlogHead.mayBegin(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        GlogHead head = GlogHead.read(text, context);
        if (head == null || !(head.bracketed() || head.rank() != null || isDistributed(head.file()))) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).message(text.substring(head.messageStart()));
        draft.severity(SeverityWords.numberOf(head.letter()), String.valueOf(head.letter()));
        String message = draft.message();
        if (!context.attributes().has("rank")) {
            draft.entity(Entity.Level.RANK, head.rank() != null ? head.rank() : rankIn(message));
        }
        watchdog(message, draft);
        return draft.parsed();
    }

    private static boolean isDistributed(String file) {
        return file.startsWith("ProcessGroup")
                || file.startsWith("TCPStore")
                || file.startsWith("NCCLUtils")
                || (file.startsWith("torch/") && !file.startsWith("torch/distributed/elastic/"));
    }

    private static void watchdog(String message, Draft draft) {
        if (message.contains("atchdog thread terminated with exception")
                || message.contains("we are taking the entire process down")
                || message.contains("Terminating the process after attempting to dump debug info")) {
            draft.kind(EventKind.PROCESS_EXIT).atLeast(Severity.ERROR).attribute("outcome", "failure");
            int exception = message.indexOf("with exception: ");
            draft.attribute("error_message", exception < 0 ? null : firstLine(message, exception + 16));
            draft.attribute("process_group", groupIn(message));
        } else if (message.contains("Watchdog caught collective operation timeout: ")) {
            timeout(message, draft);
        } else if (message.contains("ast enqueued") && message.contains("last completed")) {
            progress(message, draft);
        } else if (message.contains("atchdog got stuck for ") || message.contains("Heartbeat monitor timed out")) {
            draft.kind(EventKind.COLLECTIVE_ERROR).atLeast(Severity.ERROR).attribute("reason", "watchdog stuck");
            Steps.number(message, "got stuck for ", "elapsed_seconds", 1, draft);
            draft.attribute("process_group", groupIn(message));
        } else if (message.contains("Could not acquire GIL")) {
            draft.kind(EventKind.COLLECTIVE_ERROR).attribute("reason", "GIL not acquired");
        } else if (message.contains("Some NCCL operations have failed or timed out")) {
            draft.kind(EventKind.COLLECTIVE_ERROR).atLeast(Severity.ERROR);
        } else {
            around(message, draft);
        }
    }

    /** What is said when processes begin and end, and is no fault then. */
    private static void around(String message, Draft draft) {
        for (String words : BENIGN) {
            if (message.contains(words)) {
                draft.severity(Severity.INFO);
                return;
            }
        }
        draft.attribute("process_group", groupIn(message));
        if (message.contains("client socket has timed out after ")) {
            draft.kind(EventKind.COLLECTIVE_ERROR).attribute("reason", "rendezvous");
            boolean millis = message.contains("ms while trying to connect");
            Steps.number(message, "timed out after ", "timeout_seconds", millis ? 0.001 : 1, draft);
        } else {
            Faults.refine(draft);
        }
    }

    /** {@code WorkNCCL(SeqNum=78, OpType=BROADCAST, …, Timeout(ms)=600000) ran for 600096 milliseconds before …}. */
    private static void timeout(String message, Draft draft) {
        draft.kind(EventKind.COLLECTIVE_TIMEOUT).atLeast(Severity.ERROR);
        number(message, "SeqNum=", "sequence", 1, draft);
        number(message, "NumelIn=", "elements_in", 1, draft);
        number(message, "NumelOut=", "elements_out", 1, draft);
        number(message, "Timeout(ms)=", "timeout_seconds", 0.001, draft);
        number(message, " ran for ", "elapsed_seconds", 0.001, draft);
        int operation = message.indexOf("OpType=");
        if (operation >= 0) {
            int end = operation + 7;
            while (end < message.length() && message.charAt(end) != ',' && message.charAt(end) != ')') {
                end++;
            }
            draft.attribute("operation", message.substring(operation + 7, end));
        }
        draft.attribute("process_group", groupIn(message));
    }

    private static void progress(String message, Draft draft) {
        draft.kind(EventKind.COLLECTIVE_ERROR).atLeast(Severity.ERROR);
        int from = message.indexOf(FROM_RANK);
        long peer = from < 0 ? -1 : new Cursor(message, from + FROM_RANK.length()).number();
        draft.attribute("peer", peer < 0 ? null : Long.toString(peer));
        number(message, "ast enqueued NCCL work: ", "last_enqueued", 1, draft);
        number(message, "at work sequence id: ", "sequence", 1, draft);
        number(message, "at work: ", "sequence", 1, draft);
        number(message, "last enqueued work: ", "last_enqueued", 1, draft);
        number(message, "last completed NCCL work: ", "last_completed", 1, draft);
        number(message, "last completed work: ", "last_completed", 1, draft);
        draft.attribute("process_group", groupIn(message));
    }

    private static void number(String message, String after, String name, double scale, Draft draft) {
        Steps.number(message, after, name, scale, draft);
    }

    /** {@code default_pg} of {@code [PG ID 0 PG GUID 0(default_pg) Rank 1]}; its number where it has no name. */
    private static @Nullable String groupIn(String message) {
        int close = message.indexOf(']');
        if (!message.startsWith("[PG ") || close < 0) {
            return null;
        }
        int open = message.indexOf('(');
        int end = open < 0 ? -1 : message.indexOf(')', open);
        if (open > 0 && end > 0 && end < close) {
            return message.substring(open + 1, end);
        }
        Cursor cursor = new Cursor(message, 4);
        cursor.take("ID ");
        long number = cursor.number();
        return number < 0 ? null : Long.toString(number);
    }

    /** The rank in {@code [Rank 3] } or {@code [PG … Rank 3] } at the start of a message. */
    private static @Nullable String rankIn(String message) {
        int close = message.startsWith("[") ? message.indexOf(']') : -1;
        int rank = close < 0 ? -1 : message.lastIndexOf("Rank ", close);
        long number = rank < 0 ? -1 : new Cursor(message, rank + 5).number();
        return number < 0 ? null : Long.toString(number);
    }

    private static String firstLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }
}
