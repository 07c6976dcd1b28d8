package macroscope.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import macroscope.format.RoundingMode;
import macroscope.unit.Alignment;
import macroscope.unit.BitSerialSpec;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.CodebookSpec;
import macroscope.unit.ExactGroupDotSpec;
import macroscope.unit.FmaChainSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.InterleavedDotSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.LogarithmicSumSpec;
import macroscope.unit.MacSpec;
import macroscope.unit.PackedMacSpec;
import macroscope.unit.PairwiseDotSpec;
import macroscope.unit.Reading;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.SramTableSpec;
import macroscope.unit.TernaryTableSpec;
import macroscope.unit.TwoLevelDotSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.unit.VectorFmaSpec;

/** What units compute, in words for people. */
final class UnitText {

  private static final String SOURCES_DISAGREE =
      "Sources disagree. This is what MMA-Sim computes, the only one with every instruction;"
          + " published outputs\n"
          + "nowhere contradict it. Append for another reading:\n";

  private UnitText() {}

  /** What the unit computes, in a few sentences. */
  static String arithmetic(UnitSpec spec) {
    if (spec.base().isPresent()) {
      return UnitOptions.arithmetic(spec) + arithmetic(spec.base().get());
    }
    if (BitUnits.are(spec)) {
      return BitUnits.arithmetic(spec);
    }
    if (spec instanceof BlockScaledDotSpec s) {
      return "The exponents of the scales of both operands, one for "
          + s.blockLength()
          + " elements, are added to that of each product;\nthe addend is not scaled. "
          + arithmetic(s.dot());
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return "Groups of "
          + s.groupLength()
          + " products are added exactly and multiplied by the scales of their block, one for "
          + s.blockLength()
          + " elements.\n"
          + "These terms and the addend are aligned to the largest exponent of scales and addend,"
          + " cut toward zero\n"
          + s.keptFractionBits()
          + " fraction bits below it, added exactly and rounded once ("
          + UnitListings.lower(s.finalRounding())
          + ").\n";
    }
    if (spec instanceof FusedDotSpec s) {
      return "Exact products and the addend, "
          + s.groupLength()
          + " products at a time, are aligned to the largest exponent among them,\n"
          + "cut "
          + (s.alignment().truncation() == RoundingMode.TOWARD_ZERO
              ? "toward zero "
              : "toward minus infinity ")
          + s.keptFractionBits()
          + " fraction bits below it, added exactly and rounded once ("
          + s.finalRounding().name().toLowerCase(Locale.ROOT)
          + ", "
          + s.outputFractionBits()
          + " fraction bits).\n"
          + groups(s)
          + alignment(s.alignment());
    }
    if (spec instanceof InterleavedDotSpec s) {
      return "Operands become binary16. Products with k mod 4 in {0, 1} are added first, those in"
          + " {2, 3} on top of them:\n"
          + "two fused dot products from zero, which keep "
          + s.keptFractionBits()
          + " fraction bits below the largest exponent, each rounded ("
          + s.partialRounding().name().toLowerCase(Locale.ROOT)
          + ").\nThe addend is added last, rounded to nearest even.\n";
    }
    if (spec instanceof PairwiseDotSpec s) {
      return "Products are rounded to binary32 and added in pairs, "
          + s.groupLength()
          + " at a time, the addend last;\neach operation is rounded to nearest even"
          + (s.flushing() ? " and flushes subnormals to zero.\n" : ".\n");
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return s.groupLength()
          + " products and the addend are added exactly and rounded once to nearest even.\n";
    }
    if (spec instanceof TwoLevelDotSpec s) {
      return s.groupLength()
          + " products are aligned to their largest exponent, cut toward zero 24 fraction bits"
          + " below it"
          + (s.lanes() == 2 ? ",\nthose of even and odd index apart, " : " ")
          + "and added.\n"
          + "That sum and the addend are aligned to the larger exponent, cut toward minus infinity"
          + " 31 and 24 fraction bits below it,\n"
          + "added and rounded once to nearest even.\n";
    }
    if (spec instanceof VectorFmaSpec s) {
      return "One fused multiply-add after another, each rounded to nearest even, "
          + switch (s.order()) {
            case ASCENDING -> "k ascending";
            case ODD_FIRST -> "the odd product of each pair first";
            case TWO_SUMS -> "even and odd products in two sums, which are added last";
          }
          + ".\nA NaN is the first one of the operands, quieted"
          + (s.flushing() ? "; subnormals are flushed to zero.\n" : ".\n");
    }
    if (spec instanceof KulischSpec s) {
      return "Exact products are added in fixed point of "
          + s.accumulatorBits()
          + " bits, at most "
          + s.terms()
          + " of them, without rounding;\n"
          + "the sum and the addend are rounded once to nearest even.\n";
    }
    if (spec instanceof IntegerMacSpec s) {
      return "Exact products of a pass are added to an accumulator of "
          + s.accumulatorBits()
          + " bits, which "
          + (s.saturating() ? "saturates after each pass.\n" : "wraps.\n");
    }
    if (spec instanceof PackedMacSpec s) {
      return packed(s);
    }
    if (spec instanceof BitSerialSpec s) {
      return BitSerialText.of(s);
    }
    if (spec instanceof SramTableSpec s) {
      return sramTables(s);
    }
    if (spec instanceof TernaryTableSpec s) {
      return "Each "
          + s.packing().inputs()
          + " ternary weights, "
          + s.packing().codeBits()
          + " bits, look the sum of their activations up among "
          + s.packing().entries()
          + (s.packing().half() ? " and a sign;\n" : ";\n")
          + "the exact sum of products wraps in an accumulator of "
          + s.accumulatorBits()
          + " bits.\n";
    }
    if (spec instanceof FmaChainSpec) {
      return "One fused multiply-add after another, k ascending, each rounded to nearest even.\n";
    }
    if (spec instanceof CodebookSpec s) {
      return s.form() == CodebookSpec.Form.DECODE
          ? "Entries of codebooks are looked up and added to vectors of "
              + s.dimension()
              + " weights, whose products\n"
              + "go through one fused multiply-add after another in binary32.\n"
          : "Dot products of "
              + s.dimension()
              + " activations with every entry of a codebook are found once, looked up by index\n"
              + "and added one after another in binary32.\n";
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return "Logarithms are added; a product is added to a sum by a table of log2(1 +- 2^-d), read"
          + " by "
          + s.indexBits()
          + " fraction bits\nof the difference d of their logarithms.\n";
    }
    if (spec instanceof MacSpec s) {
      return s.multiplication().description() + "\n" + s.accumulation().description() + "\n";
    }
    return "Sums of four activations with every pattern of signs are looked up by bit planes of"
        + " weights\n(T-MAC, arXiv 2407.00088) and added with their scales.\n";
  }

  private static String packed(PackedMacSpec spec) {
    int outputs = spec.packing().outputs();
    String shared =
        outputs == 1
            ? "A slice does " + spec.packing().elements() + " products of a dot product at a time"
            : "A slice does one product of "
                + outputs
                + " dot products at a time, in lanes of "
                + spec.packing().laneBits()
                + " bits";
    return "Exact products on DSP slices ("
        + spec.packing().slice().name()
        + "). "
        + shared
        + ";\n"
        + spec.cascade()
        + " are added before the slices are read into an accumulator of "
        + spec.accumulatorBits()
        + " bits, which wraps.\n";
  }

  private static String sramTables(SramTableSpec s) {
    return "Sums of "
        + s.inputs()
        + " weights stand in an SRAM array of "
        + s.array().wordLines()
        + " words, those of "
        + s.outputs()
        + " outputs in a word of "
        + s.array().bitLines()
        + " bits;\neach bit plane of as many activations reads one. A table serves "
        + s.batch()
        + " rows of activations; "
        + s.reuse()
        + " words that were read last are kept.\n"
        + "Sums are exact and wrap in an accumulator of "
        + s.accumulatorBits()
        + " bits. Cycles and uses are those of patterns that never come back; evaluate"
        + " --count-lookups and sweeps count them.\n";
  }

  private static String alignment(Alignment alignment) {
    String zeros = alignment.zerosCount() ? "" : "Zeros are no terms.\n";
    return alignment.leastExponent().isPresent()
        ? zeros + "Terms are aligned to at least 2^" + alignment.leastExponent().getAsInt() + ".\n"
        : zeros;
  }

  /** Other readings of an instruction, if sources disagree about it. */
  static String readings(UnitSpec spec) {
    String readings =
        Units.find(spec.name()).stream()
            .flatMap(Reading::of)
            .map(reading -> "  +" + reading.label() + ": " + reading.difference() + "\n")
            .collect(Collectors.joining());
    return readings.isEmpty() ? "" : SOURCES_DISAGREE + readings;
  }

  private static String groups(FusedDotSpec spec) {
    int groups = spec.length() / spec.groupLength();
    return groups == 1
        ? ""
        : groups + " groups of a pass follow each other through the accumulator.\n";
  }
}
