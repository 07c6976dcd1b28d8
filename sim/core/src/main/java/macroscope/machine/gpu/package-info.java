/** Graphics processors with matrix units: how long the kernels of a library take on them. */
package macroscope.machine.gpu;
