/** Slow and obvious twins of the units in big integers, which the tests trust. */
package macroscope.reference;
