package io.faultline.collect.redact;

/** What a rule finds, which decides what becomes of it. */
enum Kind {
    /** Opens something: a key, a token, a password, a card number. Always removed. */
    SECRET,
    /** Names a person. Removed, replaced by a pseudonym or kept, by {@code persons}. */
    PERSON,
    /** What a user wrote to a model, or the model to a user. Removed, hashed or kept, by {@code prompts}. */
    PROMPT,
    /** An address of a machine. By {@code ip-addresses}. */
    ADDRESS
}
