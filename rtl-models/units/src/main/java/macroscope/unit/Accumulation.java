package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PositFormat;
import macroscope.hardware.Widths;

/** How a unit adds its products. */
public sealed interface Accumulation {

  /** What it is, for people. */
  String description();

  /**
   * One binary32 addition after another, k ascending: each product is rounded to binary32 (which most
   * have room in), added and rounded, both to nearest even, subnormals kept.
   */
  record FloatChain() implements Accumulation {
    @Override
    public String description() {
      return "Products are added one after another in binary32, each sum rounded to nearest even.";
    }
  }

  /**
   * A fixed-point register whose least bit is that of products: nothing is cut off. What does not fit
   * wraps. The sum and the addend are rounded once when they leave, floats to nearest even, posits by
   * their bit strings (a quire).
   *
   * @param bits of the register, sign included
   * @param output float or posit that sums leave as
   */
  record FixedPoint(int bits, NumberFormat output) implements Accumulation {
    public FixedPoint {
      Widths.inRange("accumulator bits", bits, 8, 1 << 14);
      if (!(output instanceof FloatFormat) && !(output instanceof PositFormat)) {
        throw new IllegalArgumentException("output must be a float or a posit: " + output.name());
      }
    }

    @Override
    public String description() {
      return "They are added in fixed point of "
          + bits
          + " bits, which wraps; the sum and the addend are rounded once to "
          + output.name()
          + ".";
    }
  }

  /**
   * A two's complement register that leaves as it is, its least bit that of products.
   *
   * @param bits of the register
   * @param saturating whether a pass that overflows clamps; otherwise it wraps
   */
  record IntegerSum(int bits, boolean saturating) implements Accumulation {
    public IntegerSum {
      Widths.inRange("accumulator bits", bits, 8, 62);
    }

    @Override
    public String description() {
      return "They are added to an accumulator of "
          + bits
          + " bits, which "
          + (saturating ? "saturates after each pass." : "wraps.");
    }
  }

  /**
   * Short integer chains whose sums are added up in binary32 before they can overflow (Das et al.,
   * arXiv 1802.00930, section 4: INT16 products in INT32 accumulators): after {@code every} products
   * the register is rounded to binary32, added to the result (both to nearest even) and cleared.
   *
   * @param bits of the register
   * @param saturating whether a pass that overflows clamps; otherwise it wraps
   * @param productShift bits that each product loses below, by an arithmetic shift
   * @param every products of a chain
   */
  record Promoted(int bits, boolean saturating, int productShift, int every)
      implements Accumulation {
    public Promoted {
      Widths.inRange("accumulator bits", bits, 8, 62);
      Widths.inRange("product shift", productShift, 0, 31);
      Widths.inRange("products of a chain", every, 1, 1 << 24);
    }

    @Override
    public String description() {
      return (productShift > 0 ? "Products lose " + productShift + " bits below. " : "")
          + "They are added to an accumulator of "
          + bits
          + " bits, which "
          + (saturating ? "saturates" : "wraps")
          + ";\nafter every "
          + every
          + " products it is rounded to binary32, added to the result and cleared.";
    }
  }
}
