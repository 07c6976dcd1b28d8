package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import macroscope.format.LogarithmicFormat;
import macroscope.format.Logarithms;
import macroscope.unit.AntilogarithmTable;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LogarithmicSumSpec;

/** The modules of logarithmic numbers: {@code lns_mac} for a specification, and products in fixed point. */
final class LnsTwin {

  /** Passes of a sum in stimuli; any number is allowed. */
  private static final int MOST_PASSES = 16;

  private LnsTwin() {}

  static Twin of(LogarithmicSumSpec spec, DotProductUnit<?> unit) {
    return new DotTwin(unit, TwinFamily.LNS, design(spec), spec.a(), spec.b(), MOST_PASSES);
  }

  private static Design design(LogarithmicSumSpec spec) {
    LogarithmicFormat c = spec.accumulator();
    long[] sums = Logarithms.gaussian(false, c.fractionBits(), spec.cutBits());
    // The logarithm of a difference is negative, and there is none of equal numbers.
    long[] differences =
        LongStream.of(Logarithms.gaussian(true, c.fractionBits(), spec.cutBits()))
            .map(entry -> entry == Long.MIN_VALUE ? 0 : -entry)
            .toArray();
    int sumBits = bits(sums);
    int differenceBits = bits(differences);
    return new Design(
        "lns_mac",
        List.of("lns_product", "lns_add", "lns_fit", "table_entry", "resize", "adder"),
        new Parameters()
            .put("A_BITS", spec.a().bits())
            .put("A_UP", c.fractionBits() - spec.a().fractionBits())
            .put("B_BITS", spec.b().bits())
            .put("B_UP", c.fractionBits() - spec.b().fractionBits())
            .put("C_BITS", c.bits())
            .put("CUT", spec.cutBits())
            .put("SUMS", sums.length)
            .put("SUM_BITS", sumBits)
            .put("DIFFERENCES", differences.length)
            .put("DIFFERENCE_BITS", differenceBits)
            .put("SUM_TABLE", sums.length * sumBits, table(sums, sumBits))
            .put(
                "DIFFERENCE_TABLE",
                differences.length * differenceBits,
                table(differences, differenceBits))
            .all(),
        List.of(new Port("a", spec.a().bits()), new Port("b", spec.b().bits())),
        Optional.of(new Port("addend", c.bits())),
        new Port("sum", c.bits()));
  }

  /** Bits that hold each entry. */
  private static int bits(long[] entries) {
    long largest = LongStream.of(entries).max().orElse(0);
    return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(largest));
  }

  private static BigInteger table(long[] entries, int bits) {
    return Words.packed(entries, 0, entries.length, bits);
  }

  /** The module {@code lns_linear_mac}, all but its parameters of the sum. */
  static Design linear(Parameters sum, AntilogarithmTable product, int length, int outputBits) {
    LogarithmicFormat a = (LogarithmicFormat) product.a();
    LogarithmicFormat b = (LogarithmicFormat) product.b();
    long[] powers = Logarithms.powersOfTwo(a.fractionBits(), product.tableBits());
    int bits = product.significandBits();
    return new Design(
        "lns_linear_mac",
        List.of(
            "antilog_product",
            "decode_table",
            "fixed_point_accumulator",
            "conditional_negate",
            "adder_tree",
            "adder",
            "resize",
            "integer_accumulator",
            "normalise_round",
            "absolute",
            "leading_zeros",
            "shift_right",
            "delay"),
        sum.put("A_BITS", a.bits())
            .put("B_BITS", b.bits())
            .put("FRACTION_BITS", a.fractionBits())
            .put("LEAST", product.unit() + product.tableBits())
            .put("SIGNIFICAND_BITS", bits)
            .put("PRODUCT_BITS", product.productBits())
            .put("LENGTH", length)
            .put("POWERS", bits << a.fractionBits(), table(powers, bits))
            .all(),
        List.of(new Port("a", length * a.bits()), new Port("b", length * b.bits())),
        Optional.empty(),
        new Port("result", outputBits));
  }
}
