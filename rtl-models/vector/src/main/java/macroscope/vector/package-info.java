/** Kernels on the Vector API of the JDK, offered as services where the JVM has that module. */
package macroscope.vector;
