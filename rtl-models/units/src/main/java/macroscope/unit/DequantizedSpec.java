package macroscope.unit;

import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of a unit in front of which weights of few bits are converted to the operand format of a
 * usual one: dequantize, then multiply and accumulate, which is what mixed-precision kernels do and
 * what units without conversion are compared with.
 *
 * <ul>
 *   <li>W4A16 with group scales: MARLIN (arXiv 2408.11743), AWQ, Tilus (arXiv 2504.12984, weights of
 *       any format of 1 to 8 bits): scales before the multiplication, rounded in the operand format
 *   <li>W4A16 with channel scales, W4A8 (COMET, arXiv 2410.12168; QQQ): scales after it, in binary32.
 *       The conversion of int4 to int8 that leaves a weight in the upper half of its byte is one to
 *       the fixed-point format q4.4
 *   <li>NVFP4 weights on 16-bit tensor cores: scales of groups before, that of the tensor after
 * </ul>
 *
 * @param name descriptive name
 * @param unit the unit; its right operand is what weights become
 * @param weights format of the weights, of 1 to 8 bits
 * @param scale where scales of the weights are applied
 * @param zero how zero points are, if there are any
 * @param sharedBy rows of activations that meet a weight once it is converted, side by side or one after
 *     another; area and energy of the conversion are divided among them
 */
public record DequantizedSpec(
    String name, UnitSpec unit, NumberFormat weights, Scale scale, Zero zero, int sharedBy)
    implements UnitSpec {

  private static final int MOST_BITS = 8;

  /** Where scales of the weights are applied. */
  public enum Scale {
    /** All before the multiplication, as one factor in the operand format. */
    BEFORE,
    /** Those of groups along K before it, those of rows and of the whole matrix after it. */
    GROUPS_BEFORE,
    /** All after it, as {@link ScaledGemm} does. */
    AFTER
  }

  /** How zero points are applied. */
  public enum Zero {
    /** {@code (q - z) s}: the difference is exact (MARLIN, AWQ). */
    SUBTRACTED,
    /** {@code fma(q, s, -z s)}, the product of zero point and scale rounded before (TensorRT-LLM). */
    FUSED
  }

  public DequantizedSpec {
    Widths.inRange("bits of weights", weights.bits(), 1, MOST_BITS);
    Widths.positive("units that share a conversion", sharedBy);
    NumberFormat operand =
        OperandPair.of(unit)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "weights can be converted for units that multiply codes: " + unit.name()))
            .b();
    if (scale != Scale.AFTER && !(operand instanceof FloatFormat)) {
      throw new IllegalArgumentException(
          "scales before the multiplication need a float format: " + operand.name());
    }
    if (zero == Zero.FUSED && scale == Scale.AFTER) {
      throw new IllegalArgumentException("fused zero points need scales before the multiplication");
    }
  }

  /** What a weight becomes. */
  public NumberFormat operand() {
    return OperandPair.of(unit).orElseThrow().b();
  }

  @Override
  public Optional<UnitSpec> base() {
    return Optional.of(unit);
  }
}
