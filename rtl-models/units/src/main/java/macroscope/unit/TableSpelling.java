package macroscope.unit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Sharing;

/**
 * Units of tables and bit planes, spelled by their parameters:
 *
 * <ul>
 *   <li>{@code bit_serial}: activations, weights, length, table_inputs (1 is no table), digits (signed),
 *       half_tables (false), folded_signs (false), entries (exact; for floats that are not aligned their
 *       own format; int<N> is quantized), tables_per_scale (1), kept_fraction_bits (none),
 *       aligned_inputs (0, all of K), tabled (left), units_per_table (0, those of the array),
 *       factors (none: powers of two; else their format), factor_inputs (0, all of K), factor_offset
 *       (false), accumulator (int32, binary32 where sums are no integers)
 *   <li>{@code ternary_table}: packing (tl1), length, activations (int8), accumulator_bits (32),
 *       units_per_table (0)
 *   <li>{@code sram_table}: activations, weights, table_inputs (4), length, batch (8), reuse (0),
 *       word_lines (256), bit_lines (256), access_cycles (2), accumulator_bits (32)
 * </ul>
 *
 * In brackets what a missing key means; other keys must be there.
 */
final class TableSpelling {

  /** The families that it reads. */
  static final List<String> FAMILIES = List.of("bit_serial", "ternary_table", "sram_table");

  private final UnitSpelling keys;

  TableSpelling(UnitSpelling keys) {
    this.keys = keys;
  }

  /** The parameters of one of {@link #FAMILIES}. */
  UnitSpec spec(String family) {
    return switch (family) {
      case "bit_serial" -> bitSerial();
      case "sram_table" -> sramTable();
      default -> ternaryTable();
    };
  }

  private SramTableSpec sramTable() {
    return new SramTableSpec(
        keys.text(),
        keys.integers("activations", keys.required("activations")),
        keys.integers("weights", keys.required("weights")),
        keys.number("table_inputs", 4),
        keys.number("length"),
        keys.number("batch", 8),
        keys.number("reuse", 0),
        new SramTableSpec.Array(keys.number("word_lines", 256), keys.number("bit_lines", 256)),
        keys.number("access_cycles", 2),
        keys.number("accumulator_bits", 32));
  }

  private TernaryTableSpec ternaryTable() {
    return new TernaryTableSpec(
        keys.text(),
        keys.integers("activations", keys.optional("activations", "int8")),
        keys.choice("packing", TernaryPacking.TL1),
        keys.number("length"),
        keys.number("accumulator_bits", 32),
        keys.number("units_per_table", 0));
  }

  private BitSerialSpec bitSerial() {
    NumberFormat activations = keys.format("activations", keys.required("activations"));
    String kept = keys.optional("kept_fraction_bits", "");
    OptionalInt keptBits =
        kept.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(keys.number("kept_fraction_bits", kept));
    BitSerialSpec.Digits digits = keys.choice("digits", BitSerialSpec.Digits.SIGNED);
    boolean floats = activations instanceof FloatFormat;
    BitSerialSpec.Entries entries =
        entries(floats && keptBits.isEmpty() ? activations.name() : "exact");
    BitSerialSpec.PlaneFactors factors = factors();
    boolean integers = !floats && entries instanceof BitSerialSpec.Exact && !factors.real();
    return new BitSerialSpec(
        keys.text(),
        activations,
        keys.format("weights", keys.required("weights")),
        keys.choice("tabled", Sharing.Operand.LEFT),
        keys.number("length"),
        new BitSerialSpec.Table(
            keys.number("table_inputs"),
            digits,
            keys.flag("half_tables"),
            keys.flag("folded_signs"),
            keys.number("units_per_table", 0)),
        entries,
        new BitSerialSpec.PreAlignment(keptBits, keys.number("aligned_inputs", 0)),
        factors,
        keys.format("accumulator", keys.optional("accumulator", integers ? "int32" : "binary32")));
  }

  private BitSerialSpec.PlaneFactors factors() {
    String format = keys.optional("factors", "none");
    return new BitSerialSpec.PlaneFactors(
        format.equals("none") ? Optional.empty() : Optional.of(keys.floats("factors", format)),
        keys.number("factor_inputs", 0),
        keys.flag("factor_offset"));
  }

  /** Exact, a float format that sums are rounded to, or int<N>: quantized. */
  private BitSerialSpec.Entries entries(String usual) {
    String name = keys.optional("entries", usual);
    int tablesPerScale = keys.number("tables_per_scale", 1);
    if (name.equals("exact")) {
      return new BitSerialSpec.Exact();
    }
    NumberFormat format = keys.format("entries", name);
    if (format instanceof IntegerFormat integers) {
      return new BitSerialSpec.Quantized(integers.bits(), tablesPerScale);
    }
    return new BitSerialSpec.Rounded(keys.floats("entries", name));
  }
}
