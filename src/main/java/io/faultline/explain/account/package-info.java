/**
 * Keeps the books of jobs and services: how much of their time made progress, and where the rest went. In: {@link
 * io.faultline.explain.account.Sign}s, the few facts of a log that tell of life. Out: {@link
 * io.faultline.model.JobAccount}s.
 *
 * <p>A {@link io.faultline.explain.account.Ledger} carries signs and time to the job's {@code Life}, which knows its phases.
 * While it runs a {@code Watch} looks after what happens from one line of progress to the next, a {@code Trail} follows its
 * steps, and a {@code Tally} adds up the time. What is kept between two signs is the {@link
 * io.faultline.explain.account.Book}.
 */
@NullMarked
package io.faultline.explain.account;

import org.jspecify.annotations.NullMarked;
