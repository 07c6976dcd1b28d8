/** ONNX networks: reading them, the shapes of their values, their operators in double precision. */
package macroscope.onnx;
