package io.faultline.collect.decode;

/** What the beginning of a line says about where records begin and end. */
enum Shape {
    /** Nothing or blanks. */
    BLANK,
    /** Begins with a blank: continues what is open. */
    INDENTED,
    /** A format whose records have one line: nothing continues it. */
    COMPLETE,
    /** Begins a record that further lines may continue. */
    HEAD,
    /** Begins a vLLM record, or continues one: vLLM writes its prefix before every line of a record. */
    VLLM,
    /** A Megatron iteration that was wrapped: it goes on in the next line. */
    WRAPPED,
    /** {@code Traceback (most recent call last):}. */
    TRACEBACK,
    /** What Python writes between two chained tracebacks. */
    CHAIN,
    /** A line of equals signs: torchelastic's report begins or ends. */
    RULE,
    /** A line of a C++ stack: continues what is open. */
    FRAME,
    /** Text without a known head. */
    PLAIN
}
