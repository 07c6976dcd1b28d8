/** Arrays of units stepped cycle by cycle with their operands, buffers and external memory. */
package macroscope.machine.stepped;
