/** Processor cores with matrix units that multiply tiles: AMX. */
package macroscope.machine.tile;
