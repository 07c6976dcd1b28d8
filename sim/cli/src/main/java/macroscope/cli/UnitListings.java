package macroscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.elementwise.RowUnit;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Inventory;
import macroscope.report.Listing;
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
import macroscope.unit.PackedMacSpec;
import macroscope.unit.PairwiseDotSpec;
import macroscope.unit.RegisterType;
import macroscope.unit.ScaledGroupDotSpec;
import macroscope.unit.SramTableSpec;
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

  private UnitListings() {}

  private static Listing of(List<Instruction> instructions) {
    return new Listing(
        COLUMNS,
        instructions.stream().map(one -> row(one.name(), one.unit(), one.source())).toList());
  }

  /** Instructions, published datapaths and units that work on rows. */
  static Listing of(
      List<Instruction> instructions, List<Datapath> datapaths, List<RowUnit> rowUnits) {
    List<List<Object>> rows = new ArrayList<>(of(instructions).rows());
    datapaths.forEach(one -> rows.add(row(one.name(), one.unit(), one.source())));
    rowUnits.forEach(one -> rows.add(RowUnitListings.row(one, COLUMNS.size())));
    return new Listing(COLUMNS, rows);
  }

  static Listing of(RowUnit unit) {
    return new Listing(COLUMNS, List.of(RowUnitListings.row(unit, COLUMNS.size())));
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
    if (spec instanceof PackedMacSpec s) {
      String family = "packed_mac, " + s.packing().label();
      String accumulator = s.accumulatorBits() + " wrapping";
      return exact(family, s.a().name(), s.b().name(), accumulator, s.length());
    }
    if (spec instanceof FmaChainSpec s) {
      String format = s.format().name();
      return List.of("fma_chain", format, format, format, s.length(), "", "", "ties_to_even", "");
    }
    if (spec instanceof BitSerialSpec s) {
      return exact("bit_serial", s.a().name(), s.b().name(), s.accumulator().name(), s.length());
    }
    if (spec instanceof SramTableSpec s) {
      String family = "sram_table, batch " + s.batch() + ", reuse " + s.reuse();
      String accumulator = "int" + s.accumulatorBits();
      return exact(family, s.a().name(), s.b().name(), accumulator, s.length());
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

  static String lower(Enum<?> constant) {
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
}
