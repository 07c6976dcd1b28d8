/** What a run leaves to read: tables, charts and pages. */
package macroscope.report;
