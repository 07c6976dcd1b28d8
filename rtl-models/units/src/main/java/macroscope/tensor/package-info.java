/**
 * Matrices held as codes and scales, and the quantizers that make them.
 *
 * <p>A {@link macroscope.tensor.TensorFormat} is found by its name; {@link
 * macroscope.tensor.TensorFormats} has the grammar. What is stored, what it stands for and what was
 * lost:
 *
 * <pre>{@code
 * double[] x = {0.1, -2.5, 7, 0.02, 1, 1, -6, 3};
 * TensorFormat format = TensorFormats.parse("mxfp4:block4");
 * EncodedMatrix encoded = Quantizer.quantize(format, x, 2, 4); // 2 rows of 4
 * double[] scales = encoded.scales(0); // one for each block of 4: 1, 1
 * long code = encoded.code(0, 1); // 0xc: -2 in e2m1
 * double[] values = encoded.decode(); // 0, -2, 6, 0, 1, 1, -6, 3
 * double bits = format.bitsPerElement(2, 4); // 4 + 8 / 4
 * }</pre>
 *
 * <p>Many binary32 numbers become bytes without a double or an object each:
 *
 * <pre>{@code
 * float[] numbers = {0.1f, -2.5f, 448, 1e9f};
 * byte[] codes = new byte[4];
 * BulkEncoder encoder =
 *     BulkEncoder.of(Formats.E4M3FN, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
 * encoder.encode(numbers, 0, 4, codes); // 1d, c2, 7e, 7e
 * }</pre>
 *
 * <p>{@link macroscope.tensor.BlockEncoder} does the same for whole matrices in the MX formats.
 */
package macroscope.tensor;
