package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Sharing.Operand;
import macroscope.hardware.Widths;
import macroscope.unit.DotProductUnit;
import macroscope.unit.TernaryPacking;
import macroscope.unit.TernaryTableSpec;

/** The module {@code ternary_table_dot} for a specification. */
final class TernaryTableTwin implements OperandFeed {

  /** Passes of a sum in stimuli; the register wraps, so that any number is allowed. */
  private static final int MOST_PASSES = 16;

  private static final IntegerFormat WEIGHT = (IntegerFormat) Formats.forUser("ternary");

  /** Weights of four of {@link TernaryPacking#SHERRY}, one of which is zero. */
  private static final int FOUR = 4;

  private final TernaryTableSpec spec;
  private final TernaryPacking packing;
  private final int indexBits;

  private TernaryTableTwin(TernaryTableSpec spec) {
    this.spec = spec;
    this.packing = spec.packing();
    this.indexBits = Widths.ceilLog2(packing.entries());
  }

  static Twin of(TernaryTableSpec spec, DotProductUnit<?> unit) {
    TernaryTableTwin twin = new TernaryTableTwin(spec);
    return new DotTwin(
        unit,
        TwinFamily.TERNARY_TABLE,
        twin.design(),
        spec.a(),
        WEIGHT,
        Optional.empty(),
        twin,
        MOST_PASSES);
  }

  private Design design() {
    int nothing =
        switch (packing) {
          case TL1 -> packing.entries() / 2;
          case TL2 -> 0;
          case SHERRY -> -1;
        };
    return new Design(
        "ternary_table_dot",
        List.of(
            "ternary_sums", "table_entry", "adder_tree", "adder", "resize", "integer_accumulator"),
        new Parameters()
            .put("OPERAND_BITS", spec.a().bits())
            .put("PACKING", packing.inputs())
            .put("TABLES", spec.lookups())
            .put("INDEX_BITS", indexBits)
            .put("HALF", packing.half())
            .put("SUMS", nothing < 0 ? packing.entries() : packing.entries() - 1)
            .put("NOTHING", nothing)
            .put("ENTRY_BITS", spec.entryBits())
            .put("ACC_BITS", spec.accumulatorBits())
            .all(),
        List.of(
            new Port("operand", spec.length() * spec.a().bits()),
            new Port("codes", spec.lookups() * packing.codeBits())),
        Optional.of(new Port("addend", spec.accumulatorBits())),
        new Port("sum", spec.accumulatorBits()));
  }

  @Override
  public List<BigInteger> words(Sum sum, int from, int cycle) {
    byte[] weights = new byte[spec.length()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = (byte) WEIGHT.integer(sum.b()[from + k]);
    }
    int[] packed = packing.codes(weights);
    long[] codes = new long[packed.length];
    for (int t = 0; t < codes.length; t++) {
      int sign = packed[t] >> TernaryPacking.SIGN_BIT;
      codes[t] = packed[t] & (1 << indexBits) - 1 | sign << indexBits;
    }
    return List.of(
        Words.packed(sum.a(), from, from + spec.length(), spec.a().bits()),
        Words.packed(codes, 0, codes.length, packing.codeBits()));
  }

  @Override
  public List<Operand> sides() {
    return List.of(Operand.LEFT, Operand.RIGHT);
  }

  /** Sherry: of four weights the place of the zero is that of the first zero there is, else the last one. */
  @Override
  public Sum fitted(Sum sum) {
    if (packing != TernaryPacking.SHERRY) {
      return sum;
    }
    long[] weights = sum.b().clone();
    for (int from = 0; from < weights.length; from += FOUR) {
      int zero = from;
      while (zero < from + FOUR - 1 && weights[zero] != 0) {
        zero++;
      }
      for (int k = from; k < from + FOUR; k++) {
        weights[k] = k == zero ? 0 : weights[k] == 0 ? 1 : weights[k];
      }
    }
    return new Sum(sum.a(), weights, sum.addend());
  }
}
