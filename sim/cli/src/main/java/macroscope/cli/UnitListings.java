package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.hardware.Inventory;
import macroscope.report.Listing;
import macroscope.unit.Alignment;
import macroscope.unit.BitSerialSpec;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.CodebookSpec;
import macroscope.unit.Datapath;
import macroscope.unit.ExactGroupDotSpec;
import macroscope.unit.FmaChainSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.Instruction;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.InterleavedDotSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.LogarithmicSumSpec;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.MacSpec;
import macroscope.unit.Multiplication;
import macroscope.unit.PairwiseDotSpec;
import macroscope.unit.Reading;
import macroscope.unit.RegisterType;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.TernaryTableSpec;
import macroscope.unit.TwoLevelDotSpec;
import macroscope.unit.UnitRules;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import macroscope.unit.VectorFmaSpec;

/** What {@code units} prints. */
final class UnitListings {

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "family",
          "a",
          "b",
          "accumulator",
          "length",
          "group_length",
          "kept_fraction_bits",
          "final_rounding",
          "output_fraction_bits",
          "scale",
          "block_length",
          "truncation",
          "subnormals",
          "nan",
          "addend",
          "source");

  /** Columns that each family fills itself: all between the name and the rules. */
  private static final int PARAMETERS = COLUMNS.indexOf("truncation") - 1;

  /** Parameters of a unit that nobody but the user vouches for. */
  private static final String SPELLED = "as spelled";

  /** Parameters of an instruction where sources disagree. */
  private static final String READING = "another reading of the instruction";

  private static final String SOURCES_DISAGREE =
      "Sources disagree. This is what MMA-Sim computes, the only one with every instruction; published"
          + " outputs\nnowhere contradict it. Append for another reading:\n";

  private UnitListings() {}

  private static Listing of(List<Instruction> instructions) {
    return new Listing(
        COLUMNS,
        instructions.stream().map(one -> row(one.name(), one.unit(), one.source())).toList());
  }

  /** Instructions and published datapaths. */
  static Listing of(List<Instruction> instructions, List<Datapath> datapaths) {
    List<List<Object>> rows = new ArrayList<>(of(instructions).rows());
    datapaths.forEach(one -> rows.add(row(one.name(), one.unit(), one.source())));
    return new Listing(COLUMNS, rows);
  }

  static Listing of(UnitSpec spec) {
    return new Listing(COLUMNS, List.of(row(spec.name(), spec, source(spec))));
  }

  private static String source(UnitSpec spec) {
    if (spec.base().isPresent() && Units.find(spec.name()).isEmpty()) {
      return source(spec.base().get()) + "; option as spelled, no outside vectors";
    }
    return Units.find(spec.name())
        .map(Instruction::source)
        .or(() -> Datapath.find(spec.name()).map(Datapath::source))
        .orElse(spec.name().indexOf('+') < 0 ? SPELLED : READING);
  }

  private static List<Object> row(String name, UnitSpec spec, String source) {
    List<Object> row = new ArrayList<>(List.of(name));
    row.addAll(parameters(spec));
    while (row.size() <= PARAMETERS) {
      row.add("");
    }
    UnitRules rules = UnitRules.of(spec);
    row.add(rules.truncation());
    row.addAll(
        Stream.of(rules.subnormals(), rules.nan(), rules.addend())
            .map(UnitListings::lower)
            .toList());
    row.add(source);
    return row;
  }

  /** One unit for people: a parameter a line, rules in words, registers if it is an instruction. */
  static Listing details(UnitSpec spec) {
    Listing one = of(spec);
    UnitRules rules = UnitRules.of(spec);
    Map<String, Object> words =
        Map.of("subnormals", rules.subnormals(), "nan", rules.nan(), "addend", rules.addend());
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      Object cell = words.getOrDefault(COLUMNS.get(i), one.rows().get(0).get(i));
      if (!cell.equals("")) {
        rows.add(List.of(COLUMNS.get(i).replace('_', ' '), cell.toString()));
      }
    }
    instruction(spec).ifPresent(i -> rows.add(rows.size() - 1, List.of("registers", registers(i))));
    return new Listing(List.of("parameter", "value"), rows);
  }

  /** The instruction that a unit or another reading of it computes. */
  private static Optional<Instruction> instruction(UnitSpec spec) {
    return Units.find(spec.name().replaceFirst("\\+.*", ""));
  }

  private static String registers(Instruction i) {
    String scales = i.scale().map(s -> ", scales " + register(s.type())).orElse("");
    return "a "
        + register(i.a())
        + ", b "
        + register(i.b())
        + ", c "
        + register(i.c())
        + ", d "
        + register(i.d())
        + scales
        + "; products: "
        + i.depth();
  }

  private static String register(RegisterType type) {
    return type.name()
        + (type.ignoredBits() == 0 ? "" : " (low " + type.ignoredBits() + " bits dropped)");
  }

  private static List<Object> parameters(UnitSpec spec) {
    if (spec.base().isPresent()) {
      return UnitOptions.parameters(spec, parameters(spec.base().get()));
    }
    if (spec instanceof FusedDotSpec s) {
      return fused("fused", s);
    }
    if (spec instanceof BlockScaledDotSpec s) {
      List<Object> parameters = new ArrayList<>(fused("block_scaled", s.dot()));
      parameters.addAll(List.of(s.scale().name(), s.blockLength()));
      return parameters;
    }
    if (spec instanceof ScaledGroupDotSpec s) {
      return List.of(
          "scaled_group",
          s.a().name(),
          s.b().name(),
          s.accumulator().name(),
          s.length(),
          s.groupLength(),
          s.keptFractionBits(),
          lower(s.finalRounding()),
          s.accumulator().fractionBits(),
          s.scale().name(),
          s.blockLength());
    }
    if (spec instanceof InterleavedDotSpec s) {
      return List.of(
          "interleaved",
          s.a().name(),
          s.b().name(),
          s.accumulator().name(),
          s.length(),
          s.length() / 2,
          s.keptFractionBits(),
          "ties_to_even",
          s.accumulator().fractionBits());
    }
    if (spec instanceof PairwiseDotSpec s) {
      String family = s.flushing() ? "pairwise, flushing" : "pairwise";
      return rounded(family, s.a(), s.b(), Formats.BINARY32, s.length(), s.groupLength());
    }
    if (spec instanceof ExactGroupDotSpec s) {
      return rounded("exact_group", s.a(), s.b(), s.output(), s.length(), s.groupLength());
    }
    if (spec instanceof TwoLevelDotSpec s) {
      String family = s.lanes() == 2 ? "two_level, even and odd" : "two_level";
      return rounded(family, s.a(), s.b(), Formats.BINARY32, s.length(), s.groupLength());
    }
    if (spec instanceof VectorFmaSpec s) {
      String family = "vector_fma, " + lower(s.order()) + (s.flushing() ? ", flushing" : "");
      return rounded(family, s.operand(), s.operand(), s.accumulator(), s.length(), s.length());
    }
    if (spec instanceof KulischSpec s) {
      return exact("kulisch", s.a().name(), s.b().name(), s.output().name(), s.length());
    }
    if (spec instanceof IntegerMacSpec s) {
      String accumulator = s.accumulatorBits() + (s.saturating() ? " saturating" : " wrapping");
      return exact("integer_mac", s.a().name(), s.b().name(), accumulator, s.length());
    }
    if (spec instanceof FmaChainSpec s) {
      String format = s.format().name();
      return List.of("fma_chain", format, format, format, s.length(), "", "", "ties_to_even", "");
    }
    if (spec instanceof BitSerialSpec s) {
      return exact("bit_serial", s.a().name(), s.b().name(), s.accumulator().name(), s.length());
    }
    if (spec instanceof TernaryTableSpec s) {
      String accumulator = "int" + s.accumulatorBits();
      return exact("ternary_table", s.a().name(), "ternary", accumulator, s.length());
    }
    if (spec instanceof CodebookSpec s) {
      String family = "codebook, " + lower(s.form());
      String weights = "vectors of " + s.dimension() + ", index bits " + s.indexBits();
      return exact(family, s.a().name(), weights, Formats.BINARY32.name(), s.length());
    }
    if (spec instanceof LogarithmicSumSpec s) {
      String accumulator = s.accumulator().name();
      return exact("lns", s.a().name(), s.b().name(), accumulator, s.length());
    }
    if (spec instanceof MacSpec s) {
      return mac(s);
    }
    if (BitUnits.are(spec)) {
      return BitUnits.parameters(spec);
    }
    LookupTableSpec s = (LookupTableSpec) spec;
    String system = s.numberSystem().name().toLowerCase(Locale.ROOT);
    return exact("lookup_table", system, "int" + s.weightBits(), system, s.tileInputs());
  }

  private static List<Object> mac(MacSpec s) {
    Multiplication product = s.multiplication();
    String accumulator = Units.create(s).accumulatorFormat().name();
    return exact(s.family(), product.a().name(), product.b().name(), accumulator, s.length());
  }

  private static List<Object> fused(String family, FusedDotSpec s) {
    return List.of(
        family,
        s.a().name(),
        s.b().name(),
        s.accumulator().name(),
        s.length(),
        s.groupLength(),
        s.keptFractionBits(),
        lower(s.finalRounding()),
        s.outputFractionBits());
  }

  private static List<Object> rounded(
      String family, FloatFormat a, FloatFormat b, FloatFormat sum, int length, int group) {
    return List.of(family, a.name(), b.name(), sum.name(), length, group, "", "ties_to_even", "");
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<Object> exact(String family, String a, String b, String sum, int length) {
    return List.of(family, a, b, sum, length, "", "", "", "");
  }

  static Listing inventory(Inventory inventory) {
    return new Listing(
        List.of("role", "part", "component", "instances", "shared_by", "uses_per_pass"),
        inventory.lines().stream().map(UnitListings::line).toList());
  }

  private static List<Object> line(Inventory.Line line) {
    return List.of(
        line.role().name().toLowerCase(Locale.ROOT),
        line.name(),
        line.component().toString(),
        line.instances(),
        line.sharedBy(),
        line.usesPerPass());
  }

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
          + " elements.\nThese terms and the addend are aligned to the largest exponent of scales and"
          + " addend, cut toward zero\n"
          + s.keptFractionBits()
          + " fraction bits below it, added exactly and rounded once ("
          + lower(s.finalRounding())
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
      return "Operands become binary16. Products with k mod 4 in {0, 1} are added first, those in {2, 3}"
          + " on top of them:\ntwo fused dot products from zero, which keep "
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
          + " products are aligned to their largest exponent, cut toward zero 24 fraction bits below it"
          + (s.lanes() == 2 ? ",\nthose of even and odd index apart, " : " ")
          + "and added.\nThat sum and the addend are aligned to the larger exponent, cut toward minus"
          + " infinity 31 and 24 fraction bits below it,\nadded and rounded once to nearest even.\n";
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
      return "Exact products are added in fixed point, at most "
          + s.terms()
          + " of them, without rounding;\nthe sum and the addend are rounded once to nearest even.\n";
    }
    if (spec instanceof IntegerMacSpec s) {
      return "Exact products of a pass are added to an accumulator of "
          + s.accumulatorBits()
          + " bits, which "
          + (s.saturating() ? "saturates after each pass.\n" : "wraps.\n");
    }
    if (spec instanceof BitSerialSpec s) {
      return BitSerialText.of(s);
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
              + " weights, whose products\ngo through one fused multiply-add after another in binary32.\n"
          : "Dot products of "
              + s.dimension()
              + " activations with every entry of a codebook are found once, looked up by index\nand"
              + " added one after another in binary32.\n";
    }
    if (spec instanceof LogarithmicSumSpec s) {
      return "Logarithms are added; a product is added to a sum by a table of log2(1 +- 2^-d), read by "
          + s.indexBits()
          + " fraction bits\nof the difference d of their logarithms.\n";
    }
    if (spec instanceof MacSpec s) {
      return s.multiplication().description() + "\n" + s.accumulation().description() + "\n";
    }
    return "Sums of four activations with every pattern of signs are looked up by bit planes of"
        + " weights\n(T-MAC, arXiv 2407.00088) and added with their scales.\n";
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
