/** Whole networks on machines: the time, traffic and memory of every kernel. */
package macroscope.machine.network;
