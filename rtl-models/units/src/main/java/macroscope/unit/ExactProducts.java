package macroscope.unit;

import macroscope.tensor.EncodedMatrix;

/**
 * Sums of exact products in fixed point: one way of doing it for one range of operand widths.
 *
 * @param <P> the operand form
 */
interface ExactProducts<P> {

  P left(EncodedMatrix a);

  P right(EncodedMatrix b);

  CodeRows codes(P operand);

  OperandShape shape(P operand);

  /**
   * Adds the products k = fromK..toK-1 of one row of A with a block of columns, in units of the least
   * product: {@code 2^(least ulp of a + least ulp of b)}. NaN and infinities count as zero.
   */
  void addProducts(P a, int row, P b, int block, int fromK, int toK, ExactSums sums);
}
