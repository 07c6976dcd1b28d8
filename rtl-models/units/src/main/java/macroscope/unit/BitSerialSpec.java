package macroscope.unit;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import macroscope.format.CodebookFormat;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Sharing;
import macroscope.hardware.Widths;

/**
 * Parameters of a bit-serial dot product: one operand enters bit plane by bit plane, a plane each cycle;
 * of the other the sums of {@code table.inputs()} neighbours under every pattern of bits stand in
 * tables, and a lookup adds as many products of a plane. With one input there is no table: a plane
 * decides whether an element is added or subtracted.
 *
 * <p>The designs that this covers differ in the parameters alone: iFPU and bit-serial adders (1 input),
 * UNPU (full tables of sums of subsets), LUT Tensor Core (half tables of signed sums, 8-bit entries),
 * FIGLUT (half tables, aligned activations or rounded sums), LUT-GEMM (8 inputs, rounded sums), SAIL
 * (tables of weights). {@link BitSerialPresets} has them by name.
 *
 * @param name descriptive name
 * @param a format of the left operand: a float, or integers of at most 16 bits
 * @param b format of the right operand: signed integers of at most 16 bits, or bit planes of -1 and 1
 * @param tabled whose sums stand in the tables; {@code RIGHT} needs integers on both sides
 * @param length products a pass adds, a multiple of the inputs of a table
 * @param table what a table is
 * @param entries how sums are rounded that stand in tables
 * @param alignment how floats become integers before they are summed; none if sums are rounded
 * @param factors what planes are worth
 * @param accumulator signed integers of 8 to 63 bits, which wrap, where sums are integers; else binary32
 *     or, where entries are not quantized, a signed float of at most 16 bits and 10 fraction bits
 */
public record BitSerialSpec(
    String name,
    NumberFormat a,
    NumberFormat b,
    Sharing.Operand tabled,
    int length,
    Table table,
    Entries entries,
    PreAlignment alignment,
    PlaneFactors factors,
    NumberFormat accumulator)
    implements UnitSpec {

  /** What the bits of a plane stand for. */
  public enum Digits {
    /** 0 and 1: planes of two's complement, the last one negative. */
    BINARY,
    /** -1 and 1: integers w as 2 w + 1 = sum of 2^j s_j, less one half of the sum of the others. */
    SIGNED
  }

  /**
   * A table.
   *
   * @param inputs elements that it has the sums of (mu), 1..8; 1 is no table
   * @param digits of the planes
   * @param half whether only sums that end in +1 are stored, since the others are their negatives
   * @param folded whether the bits of a plane are stored complemented where the last one is -1, so that
   *     no gates complement an index (LUT Tensor Core, section 3.2: the negation is made offline)
   * @param units units of an array that read one table; 0 for all that get the same operand
   */
  public record Table(int inputs, Digits digits, boolean half, boolean folded, int units) {
    public Table {
      Objects.requireNonNull(digits, "digits");
      Widths.inRange("table inputs", inputs, 1, 8);
      Widths.inRange("units per table", units, 0, 1 << 14);
      if (half && digits != Digits.SIGNED) {
        throw new IllegalArgumentException("half a table needs signed digits: " + digits);
      }
      if (folded && !half) {
        throw new IllegalArgumentException("folded signs need half a table: full");
      }
    }

    /** Entries that a lookup chooses from. */
    public int entries() {
      return 1 << (half ? inputs - 1 : inputs);
    }

    /** Entries that are stored: the empty sum of binary digits is not. */
    public int storedEntries() {
      return digits == Digits.BINARY ? entries() - 1 : entries();
    }
  }

  /** How sums are rounded that stand in tables. */
  public sealed interface Entries {}

  /** Integers, not rounded. */
  public record Exact() implements Entries {}

  /**
   * Floats: an operand is rounded to the format and so is every addition of a table.
   *
   * @param format of at most 16 bits, or binary32
   */
  public record Rounded(FloatFormat format) implements Entries {
    public Rounded {
      requireSums("entries", format);
    }
  }

  /**
   * Symmetric integers with a binary32 scale, which some tables share: sums of integers are exact, sums
   * of floats binary32.
   *
   * @param bits of an entry, 2..16
   * @param tablesPerScale 1 as in LUT Tensor Core, more as in T-MAC
   */
  public record Quantized(int bits, int tablesPerScale) implements Entries {
    public Quantized {
      Widths.inRange("entry bits", bits, 2, 16);
      Widths.inRange("tables per scale", tablesPerScale, 1, 32);
    }
  }

  /**
   * How floats become integers: each is cut toward zero to {@code keptFractionBits} below the largest
   * exponent of its group (iFPU, ICLR 2023; FIGLUT-I, arXiv 2503.06862).
   *
   * @param keptFractionBits F, 1..24; empty where floats stay floats
   * @param inputs of a group, a multiple of the pass; 0 for all of K
   */
  public record PreAlignment(OptionalInt keptFractionBits, int inputs) {

    /** Floats stay floats, integers integers. */
    public static final PreAlignment NONE = new PreAlignment(OptionalInt.empty(), 0);

    public PreAlignment {
      keptFractionBits.ifPresent(bits -> Widths.inRange("kept fraction bits", bits, 1, 24));
      Widths.inRange("aligned inputs", inputs, 0, 1 << 20);
    }

    /** Groups of {@code inputs}, cut to F fraction bits. */
    public static PreAlignment of(int keptFractionBits, int inputs) {
      return new PreAlignment(OptionalInt.of(keptFractionBits), inputs);
    }
  }

  /**
   * What planes are worth: powers of two, or real factors that each row of weights has for groups along
   * K (binary-coded quantization; LUT-GEMM, arXiv 2206.09557; FIGLUT, arXiv 2503.06862). The digits of a
   * plane times the other operand are then summed over a group, and the sum joins the accumulator by one
   * fused multiply-add with its factor.
   *
   * @param format of a factor, binary32 or a signed float of at most 16 bits and 10 fraction bits; empty
   *     for powers of two
   * @param inputs that share factors, a multiple of the pass; 0 for all of K
   * @param offset whether a further factor multiplies the sum of the other operand
   */
  public record PlaneFactors(Optional<FloatFormat> format, int inputs, boolean offset) {

    /** Those of integers. */
    public static final PlaneFactors POWERS_OF_TWO = new PlaneFactors(Optional.empty(), 0, false);

    public PlaneFactors {
      Widths.inRange("inputs of a factor", inputs, 0, 1 << 20);
      format.ifPresent(real -> requireSums("factors", real));
      if (format.isEmpty() && (inputs != 0 || offset)) {
        throw new IllegalArgumentException("powers of two have no groups and no offset");
      }
    }

    /** Whether they are real. */
    public boolean real() {
      return format.isPresent();
    }
  }

  public BitSerialSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(tabled, "tabled");
    Widths.inRange("length", length, 1, 1024);
    if (length % table.inputs() != 0) {
      throw new IllegalArgumentException(
          "length must be a multiple of the " + table.inputs() + " table inputs: " + length);
    }
    requireOperand("a", a);
    boolean floats = a instanceof FloatFormat;
    if (tabled == Sharing.Operand.RIGHT && (floats || !(b instanceof IntegerFormat))) {
      throw new IllegalArgumentException(
          "tables of the right operand need integers on both sides: " + a.name() + ", " + b.name());
    }
    requireEntries(floats, entries, alignment, length, table.inputs());
    if (alignment.inputs() % length != 0) {
      throw new IllegalArgumentException(
          "aligned inputs must be 0 or a multiple of length " + length + ": " + alignment.inputs());
    }
    requireAccumulator(
        !floats && entries instanceof Exact && !factors.real(), entries, accumulator);
    if (factors.real()) {
      requireFactors(factors, tabled, table, entries, b, length);
    }
    SerialDigits.of(tabled == Sharing.Operand.LEFT ? b : a, table.digits());
  }

  private static void requireFactors(
      PlaneFactors factors,
      Sharing.Operand tabled,
      Table table,
      Entries entries,
      NumberFormat weights,
      int length) {
    boolean planes = weights instanceof CodebookFormat && table.digits() == Digits.SIGNED;
    if (tabled != Sharing.Operand.LEFT || !planes) {
      throw new IllegalArgumentException(
          "real factors are those of weights in bit planes of -1 and 1: " + weights.name());
    }
    if (entries instanceof Quantized) {
      throw new IllegalArgumentException("entries under real factors must be exact or rounded");
    }
    if (factors.inputs() % length != 0) {
      throw new IllegalArgumentException(
          "inputs of a factor must be 0 or a multiple of length "
              + length
              + ": "
              + factors.inputs());
    }
  }

  private static void requireAccumulator(
      boolean integers, Entries entries, NumberFormat accumulator) {
    if (integers != accumulator instanceof IntegerFormat) {
      throw new IllegalArgumentException(
          "accumulator must be "
              + (integers ? "an integer" : "a float")
              + " where sums are"
              + (integers ? ": " : " no integers: ")
              + accumulator.name());
    }
    if (accumulator instanceof FloatFormat real) {
      requireSums("accumulator", real);
      if (entries instanceof Quantized && !real.equals(Formats.BINARY32)) {
        throw new IllegalArgumentException(
            "accumulator of quantized entries must be binary32: " + real.name());
      }
    } else {
      Widths.inRange("accumulator bits", accumulator.bits(), 8, 63);
    }
  }

  private static void requireSums(String what, FloatFormat format) {
    boolean single = format.equals(Formats.BINARY32);
    if (!single && (format.bits() > 16 || format.fractionBits() > 10 || !format.signed())) {
      throw new IllegalArgumentException(
          what
              + " must be binary32 or a signed float of at most 16 bits and 10 fraction bits: "
              + format.name());
    }
  }

  private static void requireOperand(String which, NumberFormat format) {
    boolean fits =
        format instanceof FloatFormat real
            ? real.signed() && real.bits() <= 32
            : format instanceof IntegerFormat whole
                && whole.signed()
                && whole.bits() <= 16
                && whole.fractionBits() == 0;
    if (!fits) {
      throw new IllegalArgumentException(
          which
              + " must be a signed float of at most 32 bits or signed integers of at most 16: "
              + format.name());
    }
  }

  private static void requireEntries(
      boolean floats, Entries entries, PreAlignment alignment, int length, int inputs) {
    boolean aligned = alignment.keptFractionBits().isPresent();
    if (aligned && !(floats && entries instanceof Exact)) {
      throw new IllegalArgumentException(
          "alignment makes floats exact integers; nothing else needs it");
    }
    if (floats && entries instanceof Exact && !aligned) {
      throw new IllegalArgumentException("exact entries of floats need kept fraction bits");
    }
    if (!floats && entries instanceof Rounded) {
      throw new IllegalArgumentException("entries of integers must be exact or quantized");
    }
    if (entries instanceof Quantized q && length / inputs % q.tablesPerScale() != 0) {
      throw new IllegalArgumentException(
          "tables per scale must divide the "
              + length / inputs
              + " tables of a pass: "
              + q.tablesPerScale());
    }
  }

  /** Bits of the accumulator. */
  public int accumulatorBits() {
    return accumulator.bits();
  }

  /** Tables of a pass. */
  public int tables() {
    return length / table.inputs();
  }

  /** Format of the operand whose sums stand in tables. */
  public NumberFormat tabledFormat() {
    return tabled == Sharing.Operand.LEFT ? a : b;
  }

  /** Format of the operand that enters plane by plane. */
  public NumberFormat serialFormat() {
    return tabled == Sharing.Operand.LEFT ? b : a;
  }

  /** Bit planes of the serial operand, which are the cycles of a pass. */
  public int planes() {
    return serialFormat().bits();
  }

  /** Whether sums are integers to the end, so that the result is one. */
  public boolean integers() {
    return a instanceof IntegerFormat && entries instanceof Exact && !factors.real();
  }
}
