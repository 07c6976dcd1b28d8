/** Technology nodes and sourced prices, and the energy and area that follow from them. */
package macroscope.cost;
