package macroscope.unit;

import java.util.Objects;
import macroscope.hardware.Widths;

/**
 * Parameters of a multiply-accumulate unit put together from a way to multiply and a way to add: what
 * multiplier-free, approximate and posit datapaths have in common.
 *
 * @param name descriptive name
 * @param multiplication what stands where a multiplier would
 * @param length products a pass adds
 * @param accumulation how they are added
 */
public record MacSpec(
    String name, Multiplication multiplication, int length, Accumulation accumulation)
    implements UnitSpec {

  public MacSpec {
    Objects.requireNonNull(multiplication, "multiplication");
    Objects.requireNonNull(accumulation, "accumulation");
    Widths.inRange("length", length, 1, 1024);
    int product = multiplication.width();
    if (accumulation instanceof Accumulation.FixedPoint sum) {
      requireRoom(sum.bits(), product);
    } else if (accumulation instanceof Accumulation.IntegerSum sum) {
      requireInteger(multiplication, sum.bits(), product, length);
    } else if (accumulation instanceof Accumulation.Promoted sum) {
      requireInteger(multiplication, sum.bits(), product - sum.productShift(), length);
      if (sum.every() % length != 0) {
        throw new IllegalArgumentException(
            "products of a chain must be whole passes of " + length + ": " + sum.every());
      }
    } else if (multiplication.significandBits() > 53) {
      throw new IllegalArgumentException(
          "a product that is rounded to binary32 must have at most 53 bits: "
              + multiplication.significandBits());
    }
  }

  private static void requireRoom(int bits, int product) {
    if (bits < product) {
      throw new IllegalArgumentException(
          "accumulator bits must hold a product of " + product + " bits: " + bits);
    }
  }

  private static void requireInteger(
      Multiplication multiplication, int bits, int product, int length) {
    requireRoom(bits, product);
    Widths.inRange("bits of a pass", multiplication.width() + Widths.ceilLog2(length), 1, 62);
  }

  /** What the unit is called by how it multiplies. */
  public String family() {
    return multiplication.family();
  }

  /** Bits of a fixed-point register that never overflows on so many products. */
  public static int exactBits(Multiplication multiplication, int terms) {
    return Math.max(8, multiplication.width() + Widths.ceilLog2(terms));
  }
}
