/** The closed vocabulary of hardware components, inventories of them, and pipelines. */
package macroscope.hardware;
