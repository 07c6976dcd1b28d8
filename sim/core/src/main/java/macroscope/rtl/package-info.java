/** Verilog twins of the units: written out, simulated against the Java models, synthesized. */
package macroscope.rtl;
