/** Design points, their evaluation, the objectives, and the Pareto front of a whole sweep. */
package macroscope.sweep;
