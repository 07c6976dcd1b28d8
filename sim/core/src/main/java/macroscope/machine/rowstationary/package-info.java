/** Arrays that keep rows of filters: Eyeriss. */
package macroscope.machine.rowstationary;
