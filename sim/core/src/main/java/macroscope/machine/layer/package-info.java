/** Machines that time the matrix products of a network one by one. */
package macroscope.machine.layer;
