/** Machines built from units, buffers and a clock, and their simulation cycle by cycle. */
package macroscope.machine;
