package io.faultline.collect.parse;

/** A device out of memory, told on a line of its own. */
final class CudaMemoryParser implements FormatParser {

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
