/**
 * What a study found, shown: a page for a browser and a table for the console.
 *
 * <p>In: a {@link org.headroom.study.StudySummary}, which holds every number already computed. Out: {@code report.html}, one file
 * that opens from disk without a network, with Tables 2 and 3 and Figs. 6-16 of the paper, how networks spread, who shares energy and
 * who pays, and the numbers behind each as CSV; and Table 2 in plain text.
 *
 * <p>Template, style and script stand beside this package in the resources and are inlined when a report is written. The scripts
 * share one scope, in the order of {@code HtmlReport.SCRIPTS}: {@code base} what all charts use; {@code curves}, {@code spread},
 * {@code map} and {@code sharing} the pictures; {@code tables} the numbers behind them; {@code page} what answers the reader.
 */
@NullMarked
package org.headroom.app.report;

import org.jspecify.annotations.NullMarked;
