package macroscope.cost;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.format.RoundingMode;
import macroscope.format.SpecialValues;
import macroscope.hardware.Inventory;
import macroscope.unit.FusedDotHardware;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacHardware;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.KulischHardware;

/**
 * A unit as a row of synthesis results names it. Every code of a float format is a number there: no
 * NaN, no infinity.
 *
 * @param family what kind of unit
 * @param a operand format: int4, e4m3, bf16
 * @param b operand format
 * @param length products of one pass
 * @param accumulatorBits bits of the accumulator; without meaning for a product or a fused dot
 * @param keptFractionBits F of a fused dot, else without meaning
 */
public record SynthesizedUnit(
    Family family, String a, String b, int length, int accumulatorBits, int keptFractionBits) {

  private static final Pattern INTEGER = Pattern.compile("(u?)int([1-9]|[12][0-9]|3[0-2])");
  private static final Pattern FLOAT = Pattern.compile("e([1-9]|1[01])m([0-9]|[1-4][0-9])");

  /** Names of widths that are usual; every code is a number there too. */
  private static final Map<String, String> WIDTHS =
      Map.of(
          "bf16", "e8m7",
          "fp16", "e5m10",
          "binary16", "e5m10",
          "tf32", "e8m10",
          "fp32", "e8m23",
          "f32", "e8m23",
          "binary32", "e8m23",
          "e4m3fn", "e4m3");

  /** Kinds of units in synthesis results. */
  public enum Family {
    /** Integer product. */
    IMUL,
    /** Integer products, added and accumulated. */
    IMAC,
    /** Exact float product in fixed point. */
    FMUL,
    /** Exact float products, added and accumulated in fixed point. */
    FMAC,
    /** As {@link #FMAC}, operands moved to fixed point before they are multiplied. */
    FMACPRE,
    /** Align to the largest exponent, truncate, add, normalise; binary32 out. */
    TDOT
  }

  /** Whether formats are those of integers; the operands of any other unit are floats. */
  public boolean integer() {
    return family == Family.IMUL || family == Family.IMAC;
  }

  /** Whether the operand formats are known and fit the family. */
  public boolean supported() {
    return integer()
        ? INTEGER.matcher(a).matches() && INTEGER.matcher(b).matches()
        : find(a).isPresent() && find(b).isPresent();
  }

  /** What the unit is built from, its flip-flops included. */
  public Inventory inventory() {
    return switch (family) {
      case IMUL -> times(length, IntegerMacHardware.productInventory(integer(a), integer(b)));
      case IMAC ->
          IntegerMacHardware.inventory(
              new IntegerMacSpec("imac", integer(a), integer(b), length, accumulatorBits, false));
      case FMUL -> times(length, KulischHardware.productInventory(real(a), real(b)));
      case FMAC -> KulischHardware.fixedPointInventory(real(a), real(b), length, accumulatorBits);
      case FMACPRE ->
          KulischHardware.preshiftedInventory(real(a), real(b), length, accumulatorBits);
      case TDOT -> FusedDotHardware.inventory(fusedDot());
    };
  }

  private static Inventory times(int number, Inventory one) {
    return new Inventory(
        one.lines().stream()
            .map(
                line ->
                    new Inventory.Line(
                        line.role(),
                        line.name(),
                        line.component(),
                        line.instances() * number,
                        line.usesPerPass()))
            .toList());
  }

  private FusedDotSpec fusedDot() {
    FloatFormat result = allFinite("binary32", 8, 23);
    return new FusedDotSpec(
        "tdot",
        real(a),
        real(b),
        result,
        length,
        length,
        keptFractionBits,
        RoundingMode.TOWARD_ZERO,
        result.fractionBits());
  }

  private static IntegerFormat integer(String name) {
    Matcher matcher = INTEGER.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be an integer format int1..int32 or uint1..uint32: " + name);
    }
    boolean signed = matcher.group(1).isEmpty();
    return new IntegerFormat(name, Integer.parseInt(matcher.group(2)), signed, false, 0);
  }

  private static FloatFormat real(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("must be a float format eXmY or bf16: " + name));
  }

  private static Optional<FloatFormat> find(String name) {
    Matcher matcher = FLOAT.matcher(WIDTHS.getOrDefault(name, name));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int exponentBits = Integer.parseInt(matcher.group(1));
    return Optional.of(allFinite(name, exponentBits, Integer.parseInt(matcher.group(2))));
  }

  private static FloatFormat allFinite(String name, int exponentBits, int fractionBits) {
    int bias = (1 << (exponentBits - 1)) - 1;
    return new FloatFormat(
        name, true, exponentBits, fractionBits, bias, SpecialValues.FINITE, true);
  }
}
