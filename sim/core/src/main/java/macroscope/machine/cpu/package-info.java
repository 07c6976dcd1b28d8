/** Processor cores: how long lookup-table and other low-bit kernels take on their ports. */
package macroscope.machine.cpu;
