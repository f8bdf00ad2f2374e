/**
 * Keeps the books of jobs and services: how much of their time made progress, and where the rest went. In: {@link
 * io.faultline.explain.account.Sign}s, the few facts of a log that tell of life. Out: {@link
 * io.faultline.model.JobAccount}s.
 */
@NullMarked
package io.faultline.explain.account;

import org.jspecify.annotations.NullMarked;
