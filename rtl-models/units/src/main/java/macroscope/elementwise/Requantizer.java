package macroscope.elementwise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component.Adder;
import macroscope.hardware.Component.Multiplexer;
import macroscope.hardware.Component.Multiplier;
import macroscope.hardware.Component.Register;
import macroscope.hardware.Component.Shifter;
import macroscope.hardware.Inventory;
import macroscope.hardware.InventoryBuilder;
import macroscope.hardware.Role;

/**
 * Brings accumulators to codes of the next layer without a real number: scale, zero point, clamp.
 *
 * @param scale input scale over output scale
 * @param zeroPoint the output's integer for zero
 * @param output format of the codes
 */
public record Requantizer(DyadicScale scale, long zeroPoint, IntegerFormat output)
    implements RowOperation {

  /** Bits of an accumulator. */
  static final int ACCUMULATOR_BITS = 32;

  public Requantizer {
    Objects.requireNonNull(scale, "scale");
    if (zeroPoint < output.least() || zeroPoint > output.most()) {
      throw new IllegalArgumentException(
          "zero point must be " + output.least() + ".." + output.most() + ": " + zeroPoint);
    }
  }

  /** The integer of the output format: {@code clamp(round(x * scale) + zeroPoint)}. */
  public long requantize(long accumulator) {
    long sum = scale.apply(accumulator) + zeroPoint;
    return Math.max(output.least(), Math.min(output.most(), sum));
  }

  @Override
  public long[] of(long[] row) {
    return Arrays.stream(row).map(this::requantize).toArray();
  }

  @Override
  public int resultBits(int inputBits) {
    return output.bits();
  }

  @Override
  public String description() {
    return "x * "
        + scale.multiplier()
        + " / 2^"
        + scale.shift()
        + ", rounded ("
        + scale.rounding().name().toLowerCase(Locale.ROOT)
        + "), plus "
        + zeroPoint
        + ", clamped to "
        + output.name()
        + ".";
  }

  /** One requantizer: an accumulator a cycle. */
  public Inventory inventory() {
    int multiplier = Long.SIZE - Long.numberOfLeadingZeros(scale.multiplier());
    int product = ACCUMULATOR_BITS + multiplier;
    InventoryBuilder parts = new InventoryBuilder();
    Register operands = new Register(ACCUMULATOR_BITS + multiplier + output.bits());
    parts.add(Role.STORAGE, "accumulator, scale, zero point", operands);
    parts.add(Role.QUANTIZER, "scaling", new Multiplier(ACCUMULATOR_BITS, multiplier));
    if (scale.rounding() != ShiftRounding.FLOOR) {
      int roundings = scale.rounding() == ShiftRounding.DOUBLING_HIGH_MULTIPLY ? 2 : 1;
      parts.add(Role.QUANTIZER, "rounding", new Adder(product), roundings);
    }
    if (scale.shift() > 0) {
      parts.add(Role.QUANTIZER, "shift", new Shifter(product, scale.shift()));
    }
    parts.add(Role.QUANTIZER, "zero point", new Adder(ACCUMULATOR_BITS));
    parts.add(Role.QUANTIZER, "clamp", new Multiplexer(3, output.bits()));
    parts.add(Role.STORAGE, "result register", new Register(output.bits()));
    return parts.build();
  }
}
