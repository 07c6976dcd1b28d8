/** Runs the measurements of a sweep on an Apache Spark cluster. */
package macroscope.spark;
