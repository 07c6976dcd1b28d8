package macroscope.unit;

import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * A datapath that adds products: one description that answers with its bits ({@link #gemm}), its time
 * ({@link #pipeline}) and its hardware ({@link #inventory}), all from the same parameters.
 *
 * @param <P> an operand as this unit wants it (significand and exponent planes, bit planes, tables),
 *     made once a matrix so that inner loops see plain arrays
 */
public interface DotProductUnit<P> {

  /** The parameters that this unit was made from. */
  UnitSpec spec();

  /** Products that one pass adds, at least 1. */
  int length();

  /**
   * Products after which a sum can leave the unit, a divisor of {@link #length}: all of a pass, unless
   * a pass adds block after block.
   */
  default int runLength() {
    return length();
  }

  /** Format of the accumulator that goes in and comes out, as codes. */
  NumberFormat accumulatorFormat();

  /**
   * Bits of a sum that is not finished, as it moves from unit to unit or waits in memory: those of the
   * accumulator format, unless the unit sums in a wider form and converts at the end.
   */
  default int partialSumBits() {
    return accumulatorFormat().bits();
  }

  /**
   * Which scales of the operands the unit applies itself. What it does not apply is left to {@link
   * ScaledGemm}, as kernels do it in their epilogue.
   */
  default ScaleSupport scaleSupport() {
    return ScaleSupport.NONE;
  }

  /** Whether the unit subtracts the zero points of its operands itself; else they are refused. */
  default boolean readsZeroPoints() {
    return false;
  }

  /**
   * The unit that multiplies two activations where this one multiplies activations by weights: itself,
   * unless it treats its right operand as only weights are treated.
   */
  default DotProductUnit<?> ofActivations() {
    return this;
  }

  /**
   * The left operand, rows x K, as the unit reads it. The matrix is not modified.
   *
   * @throws IllegalArgumentException with the reason if the unit cannot read its format
   */
  P prepareA(EncodedMatrix a);

  /** The right operand, N x K (K along the rows, as stored), as the unit reads it. */
  P prepareB(EncodedMatrix b);

  /**
   * {@code c[i][j] <- c[i][j] + sum over k in fromK..toK-1 of a[i][k] * b[j][k]}, bit for bit in the
   * unit's own order: passes of {@link #length()} products, k ascending, each taking the accumulator
   * of the pass before; a last short pass is padded with zeros. NaN and infinities included.
   *
   * @param fromK first k, a multiple of {@link #length()} or the start of a scale group
   * @param toK one past the last k
   * @param c accumulators, M x N codes of {@link #accumulatorFormat()}; modified
   */
  void gemm(P a, P b, int fromK, int toK, Accumulators c);

  /** Stages, latency and initiation interval. */
  Pipeline pipeline();

  /** Bill of materials. */
  Inventory inventory();
}
