/**
 * Integer-only operations on elements and rows: requantization, softmax, GELU, layer normalisation, bit
 * for bit.
 */
package macroscope.elementwise;
