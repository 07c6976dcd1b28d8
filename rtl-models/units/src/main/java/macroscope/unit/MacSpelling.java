package macroscope.unit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.LogarithmicFormat;
import macroscope.format.NumberFormat;
import macroscope.format.PositFormat;
import macroscope.format.PowerFormat;
import macroscope.format.RoundingMode;

/**
 * Multiply-accumulate units spelled by their parameters: a family for each way to multiply.
 *
 * <ul>
 *   <li>{@code log_multiplier}: a, b (a), carry (into_exponent), offset (lmul; none or l), rounding
 *       (none), subnormals (flushed); accumulation float
 *   <li>{@code ternary}: a, b (ternary); accumulation integer, or float where a is one
 *   <li>{@code shift_add}: a, b, kept_fraction_bits (all); accumulation integer
 *   <li>{@code lns_linear}: a, b (a), table_bits; accumulation float
 *   <li>{@code nupes}: a, b (a), table_bits; accumulation integer
 *   <li>{@code posit}: a, b (a), quire_bits (those of the standard for the wider one), output (a)
 *   <li>{@code dynamic_fixed_point}: a (int16), b (a); accumulation promoted
 * </ul>
 *
 * Each has length (1) and but for {@code posit} the choice of {@code accumulation}, named above
 * where it is missing:
 *
 * <ul>
 *   <li>{@code float}
 *   <li>{@code fixed}: accumulator_bits, or terms that fit exactly; output (binary32)
 *   <li>{@code integer}: accumulator_bits (32), saturating (false)
 *   <li>{@code promoted}: accumulator_bits (32), saturating (false), product_shift (0), chain
 * </ul>
 */
final class MacSpelling {

  static final List<String> FAMILIES =
      List.of(
          "log_multiplier",
          "ternary",
          "shift_add",
          "lns_linear",
          "nupes",
          "posit",
          "dynamic_fixed_point");

  /** Ways to add. */
  private enum Adding {
    FLOAT,
    FIXED,
    INTEGER,
    PROMOTED
  }

  private final UnitSpelling given;

  MacSpelling(UnitSpelling given) {
    this.given = given;
  }

  /** The unit of one of {@link #FAMILIES}. */
  MacSpec spec(String family) {
    return switch (family) {
      case "log_multiplier" -> spec(logarithmic(), Adding.FLOAT);
      case "ternary" -> ternary();
      case "shift_add" -> spec(shifts(), Adding.INTEGER);
      case "lns_linear" -> spec(antilogarithms(), Adding.FLOAT);
      case "nupes" -> spec(powers(), Adding.INTEGER);
      case "posit" -> posit();
      default -> spec(new ExactMultiplication(a("int16"), b("int16")), Adding.PROMOTED);
    };
  }

  private NumberFormat a(String otherwise) {
    return given.format("a", given.optional("a", otherwise));
  }

  /** Format of the right operand, that of the left one if missing. */
  private NumberFormat b(String otherwise) {
    return given.format("b", given.optional("b", given.optional("a", otherwise)));
  }

  private Multiplication logarithmic() {
    FloatFormat a = given.floats("a");
    FloatFormat b = given.floatsB();
    String rounding = given.optional("rounding", "none");
    return new LogarithmicMultiplication(
        a,
        b,
        given.choice("carry", LogarithmicMultiplication.Carry.INTO_EXPONENT),
        offset(Math.max(a.fractionBits(), b.fractionBits())),
        rounding.equals("none")
            ? Optional.empty()
            : Optional.of(given.choice("rounding", RoundingMode.TIES_TO_EVEN)),
        given.choice("subnormals", LogarithmicMultiplication.Subnormals.FLUSHED));
  }

  private OptionalInt offset(int fractionBits) {
    String offset = given.optional("offset", "lmul");
    return switch (offset) {
      case "lmul" -> LogarithmicMultiplication.lmulOffset(fractionBits);
      case "none" -> OptionalInt.empty();
      default -> OptionalInt.of(given.number("offset"));
    };
  }

  private MacSpec ternary() {
    NumberFormat a = given.format("a", given.required("a"));
    NumberFormat b = given.format("b", given.optional("b", "ternary"));
    return spec(
        new SignSelection(a, b), a instanceof IntegerFormat ? Adding.INTEGER : Adding.FLOAT);
  }

  private Multiplication shifts() {
    NumberFormat b = given.format("b", given.required("b"));
    String kept = given.optional("kept_fraction_bits", "all");
    return new ShiftAddition(
        given.integers("a", given.required("a")),
        b,
        kept.equals("all")
            ? OptionalInt.empty()
            : OptionalInt.of(given.number("kept_fraction_bits")));
  }

  private Multiplication antilogarithms() {
    String name = given.required("a");
    if (a(name) instanceof LogarithmicFormat a && b(name) instanceof LogarithmicFormat b) {
      return new AntilogarithmTable(a, b, given.number("table_bits"));
    }
    throw new IllegalArgumentException("a and b must be logarithmic: " + name);
  }

  private Multiplication powers() {
    String name = given.required("a");
    if (a(name) instanceof PowerFormat a && b(name) instanceof PowerFormat b) {
      return new PowerCorrection(a, b, given.number("table_bits"));
    }
    throw new IllegalArgumentException("a and b must be powers: " + name);
  }

  private MacSpec posit() {
    String name = given.required("a");
    if (given.format("a", name) instanceof PositFormat a) {
      ExactMultiplication product = new ExactMultiplication(a, b(name));
      NumberFormat output = given.format("output", given.optional("output", name));
      int quire = given.number("quire_bits", standardQuire(wider(a, product.b())));
      return spec(product, new Accumulation.FixedPoint(quire, output));
    }
    throw new IllegalArgumentException("a must be a posit: " + name);
  }

  private static PositFormat wider(PositFormat a, NumberFormat b) {
    return b instanceof PositFormat other && other.bits() > a.bits() ? other : a;
  }

  /**
   * 16 n bits where there are two exponent bits (Standard for Posit Arithmetic, 2022, section 3.2); n^2
   * / 2 for the pairs 8, 0 and 16, 1 that the draft of 2018 had.
   */
  private String standardQuire(PositFormat format) {
    int bits = format.bits();
    if (format.exponentBits() == 2) {
      return String.valueOf(16 * bits);
    }
    boolean draft =
        bits == 8 && format.exponentBits() == 0 || bits == 16 && format.exponentBits() == 1;
    return draft ? String.valueOf(bits * bits / 2) : given.required("quire_bits");
  }

  private MacSpec spec(Multiplication multiplication, Adding usual) {
    return spec(multiplication, accumulation(multiplication, given.choice("accumulation", usual)));
  }

  private MacSpec spec(Multiplication multiplication, Accumulation accumulation) {
    int length = given.number("length", "1");
    return new MacSpec(given.text(), multiplication, length, accumulation);
  }

  private Accumulation accumulation(Multiplication multiplication, Adding adding) {
    return switch (adding) {
      case FLOAT -> new Accumulation.FloatChain();
      case FIXED -> fixed(multiplication);
      case INTEGER ->
          new Accumulation.IntegerSum(
              given.number("accumulator_bits", "32"), given.flag("saturating"));
      case PROMOTED ->
          new Accumulation.Promoted(
              given.number("accumulator_bits", "32"),
              given.flag("saturating"),
              given.number("product_shift", "0"),
              given.number("chain"));
    };
  }

  private Accumulation fixed(Multiplication multiplication) {
    String output = given.optional("output", Formats.BINARY32.name());
    String bits = given.optional("accumulator_bits", "exact");
    int width =
        bits.equals("exact")
            ? MacSpec.exactBits(multiplication, given.number("terms"))
            : given.number("accumulator_bits");
    return new Accumulation.FixedPoint(width, given.format("output", output));
  }
}
