package macroscope.workload;

/**
 * A matrix product of a network whose right operand is a weight: a Gemm, a MatMul or a Conv.
 *
 * @param node the node's name
 * @param weight name of the weight
 * @param gemm the product for the whole batch; a convolution is im2col: one row an output pixel, K in
 *     the order channel, kernel row, kernel column
 */
public record LinearLayer(String node, String weight, Gemm gemm) {}
