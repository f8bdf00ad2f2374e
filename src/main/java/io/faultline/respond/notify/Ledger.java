package io.faultline.respond.notify;

/**
 * How much of a month's quota one receiver has used.
 *
 * @param month as {@code 2026-03}, in UTC; empty before the first message
 * @param used how many messages it was sent in it
 */
public record Ledger(String month, int used) {

    static final Ledger EMPTY = new Ledger("", 0);
}
