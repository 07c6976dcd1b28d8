/** What a machine is asked to compute: matrix products, ONNX models, shapes of language models. */
package macroscope.workload;
