/** Measurements of speed, and proofs that take minutes. */
package macroscope.benchmarks;
