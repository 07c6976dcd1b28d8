/** Arithmetic units, bit for bit: what leaves a dot product for given codes. */
package macroscope.unit;
