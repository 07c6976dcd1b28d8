package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Widths;

/**
 * Parameters of a dot product of x86 vector and tile instructions: IEEE fused multiply-adds, rounded
 * to nearest even, in an order of their own, whose NaN are those of the operands.
 *
 * @param name preset or descriptive name
 * @param operand format of both operands
 * @param accumulator binary16 or binary32, which holds each number of {@code operand}
 * @param length products a pass adds
 * @param order in which they are added
 * @param flushing whether subnormals that go in and come out of each operation are zeros of their
 *     sign; what comes out, rounded as if exponents had no end. For bfloat16 operands
 */
public record VectorFmaSpec(
    String name,
    FloatFormat operand,
    FloatFormat accumulator,
    int length,
    Order order,
    boolean flushing)
    implements UnitSpec {

  /** The order of the products of a pass. */
  public enum Order {
    /** One multiply-add after another, k ascending (VFMADD231PS, VFMADD231PH). */
    ASCENDING,
    /** Pairs ascending, the odd product of a pair before the even one (VDPBF16PS). */
    ODD_FIRST,
    /**
     * Even and odd products in two sums from +0, which are added at the end, the addend last
     * (TDPBF16PS).
     */
    TWO_SUMS
  }

  public VectorFmaSpec {
    Widths.inRange("length", length, 1, 1024);
    if (order != Order.ASCENDING && length % 2 != 0) {
      throw new IllegalArgumentException("length must be even: " + length);
    }
    if (!accumulator.equals(Formats.BINARY16) && !accumulator.equals(Formats.BINARY32)) {
      throw new IllegalArgumentException(
          "accumulator format must be binary16 or binary32: " + accumulator.name());
    }
    boolean widened = operand.equals(Formats.BFLOAT16) && accumulator.equals(Formats.BINARY32);
    if (!operand.equals(accumulator) && !widened) {
      throw new IllegalArgumentException(
          "operands must be of the accumulator format, or bfloat16 with binary32: "
              + operand.name());
    }
    if (flushing && !widened) {
      throw new IllegalArgumentException(
          "flushing is modelled for bfloat16 operands: " + operand.name());
    }
  }
}
