/**
 * The commands a person types. Thin: a command checks its arguments, calls {@link io.faultline.cli.JobRunner} or
 * {@link io.faultline.cli.LogReader} and prints what comes back. In: arguments and files. Out: data on standard output,
 * talk and progress on standard error, an exit code (0 done, 1 what was checked is not right, 2 called wrongly).
 */
@NullMarked
package io.faultline.cli;

import org.jspecify.annotations.NullMarked;
