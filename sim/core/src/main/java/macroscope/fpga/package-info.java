/** Programmable devices: what units and matrix-vector units take of them, how many fit, how fast. */
package macroscope.fpga;
