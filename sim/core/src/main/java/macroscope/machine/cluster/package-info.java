/** Clusters of small in-order cores: microcontrollers. */
package macroscope.machine.cluster;
