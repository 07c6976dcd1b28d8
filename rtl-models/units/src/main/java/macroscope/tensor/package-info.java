/** Matrices held as codes and scales, and the quantizers that make them. */
package macroscope.tensor;
