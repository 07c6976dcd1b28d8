/** How much a format or a unit loses: signal-to-noise ratios, product errors, tasks. */
package macroscope.accuracy;
