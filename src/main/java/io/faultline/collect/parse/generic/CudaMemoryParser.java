package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.CudaMemory;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;

/** A device out of memory, told on a line of its own. */
public final class CudaMemoryParser implements FormatParser {

    @Override
    public String name() {
        return "cuda-oom";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean mayRead(String text) {
        return text.contains("ut of memory") || text.contains("ALLOC");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        return CudaMemory.read(text, draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
    }
}
