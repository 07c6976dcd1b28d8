/** The memory of SCALE-Sim v3, mode USER, to compare with what that simulator reports. */
package macroscope.machine.scalesim;
