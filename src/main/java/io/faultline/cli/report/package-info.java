/**
 * The HTML report. In: {@link io.faultline.cli.report.ReportData}, what a bounded run found. Out: one HTML page that holds
 * everything it shows, charts' code included, and never asks the network.
 */
@NullMarked
package io.faultline.cli.report;

import org.jspecify.annotations.NullMarked;
