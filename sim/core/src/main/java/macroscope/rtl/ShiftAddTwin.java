package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Value;
import macroscope.unit.Accumulation;
import macroscope.unit.ShiftAddition;

/** The module {@code shift_add_mac} for weights that are sums of powers of two. */
final class ShiftAddTwin {

  private final ShiftAddition product;
  private final int least;
  private final int powers;
  private final int placeBits;

  private ShiftAddTwin(ShiftAddition product) {
    this.product = product;
    NumberFormat b = product.b();
    int lowest = Integer.MAX_VALUE;
    int highest = Integer.MIN_VALUE;
    int most = 1;
    for (long code = 0; code < 1L << b.bits(); code++) {
      Value weight = b.isCode(code) ? b.decode(code) : Value.ZERO;
      if (!weight.isZero()) {
        lowest = Math.min(lowest, weight.exponent());
        highest = Math.max(highest, weight.exponent() + weight.significand().bitLength() - 1);
        most = Math.max(most, weight.significand().bitCount());
      }
    }
    this.least = lowest;
    this.powers = most;
    this.placeBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(highest - lowest));
  }

  static Design design(int length, ShiftAddition product, Accumulation.IntegerSum sum) {
    return new ShiftAddTwin(product).design(length, sum);
  }

  private Design design(int length, Accumulation.IntegerSum sum) {
    IntegerFormat a = product.a();
    NumberFormat b = product.b();
    int weightBits = powers * (placeBits + 1) + 1;
    int cut = product.unit() + a.fractionBits() - least;
    return new Design(
        "shift_add_mac",
        List.of(
            Decoder.MODULE,
            "shift_add_lane",
            "adder_tree",
            "adder",
            "resize",
            "integer_accumulator"),
        new Parameters()
            .put("A_BITS", a.bits())
            .put("A_SIGNED", a.signed())
            .put("B_BITS", b.bits())
            .put("POWERS", powers)
            .put("PLACE_BITS", placeBits)
            .put("CUT", cut)
            .put("PRODUCT_BITS", product.width())
            .put("LENGTH", length)
            .put("ACC_BITS", sum.bits())
            .put("SATURATING", sum.saturating())
            .put("WEIGHTS", weightBits << b.bits(), Decoder.table(b, weightBits, this::weight))
            .all(),
        List.of(new Port("a", length * a.bits()), new Port("b", length * b.bits())),
        Optional.of(new Port("addend", sum.bits())),
        new Port("sum", sum.bits()));
  }

  /** A weight as {@code shift_add_lane} has it: its sign above a field for each power. */
  private BigInteger weight(long code) {
    Value weight = product.b().decode(code);
    BigInteger word =
        weight.isZero() ? BigInteger.ZERO : fields(weight.significand(), weight.exponent() - least);
    return weight.negative() ? word.setBit(powers * (placeBits + 1)) : word;
  }

  private BigInteger fields(BigInteger significand, int exponent) {
    BigInteger word = BigInteger.ZERO;
    int field = 0;
    for (int bit = 0; bit < significand.bitLength(); bit++) {
      if (significand.testBit(bit)) {
        BigInteger entry = BigInteger.valueOf(exponent + bit).setBit(placeBits);
        word = word.or(entry.shiftLeft(field * (placeBits + 1)));
        field++;
      }
    }
    return word;
  }
}
