/** Memories that look products up where weights lie: slices of a cache. */
package macroscope.machine.lookup;
