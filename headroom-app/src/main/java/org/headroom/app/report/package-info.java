/**
 * What a study found, shown: a page for a browser and a table for the console.
 *
 * <p>In: a {@link org.headroom.study.StudySummary}, which holds every number already computed. Out: {@code report.html}, one file
 * that opens from disk without a network, with Tables 2 and 3 and Figs. 7-16 of the paper; and Table 2 in plain text.
 *
 * <p>Template, style and script stand beside this package in the resources and are inlined when a report is written.
 */
@NullMarked
package org.headroom.app.report;

import org.jspecify.annotations.NullMarked;
