/** The command line, a thin layer over the simulator. */
package macroscope.cli;
