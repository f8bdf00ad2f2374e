package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.CudaMemory;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Traceback;
import io.faultline.model.Severity;

/** A Python traceback without a logger's prefix, or the line of its error alone. */
public final class TracebackParser implements FormatParser {

    @Override
    public String name() {
        return "python-traceback";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean isUncaught() {
        return true;
    }

    @Override
    public String beginnings() {
        return Beginnings.LETTERS;
    }

    @Override
    public boolean mayRead(String text) {
        return !text.isEmpty() && Character.isLetter(text.charAt(0));
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        int traceback = Faults.tracebackIn(text);
        if (traceback < 0 && isDeadProcess(text)) {
            return new Draft(this).severity(Severity.ERROR).message(text).parsed();
        }
        if (traceback < 0 && !isErrorLine(text)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(text);
        if (!CudaMemory.read(text, draft)) {
            if (traceback >= 0) {
                Traceback.read(text, traceback, draft);
            } else {
                Traceback.raised(text, 0, draft);
            }
        }
        return draft.parsed();
    }

    /** {@code Process SpawnProcess-3:}, where the traceback that the process died of came apart from it. */
    private static boolean isDeadProcess(String text) {
        return text.startsWith("Process ")
                && text.endsWith(":")
                && text.length() > 9
                && text.length() < 80
                && text.indexOf(' ', 8) < 0;
    }

    /** {@code KeyError: 'x'} or {@code torch.distributed.DistBackendError: text}. */
    private static boolean isErrorLine(String text) {
        int colon = text.indexOf(": ");
        if (colon < 5 || colon > 120) {
            return false;
        }
        String name = text.substring(0, colon);
        return (name.endsWith("Error") || name.endsWith("Exception"))
                // Two ranks at once: FileNotFoundErrorFileNotFoundError.
                && name.indexOf("Error") == name.lastIndexOf("Error")
                && name.indexOf(' ') < 0
                && name.indexOf('"') < 0
                && name.indexOf('/') < 0;
    }
}
