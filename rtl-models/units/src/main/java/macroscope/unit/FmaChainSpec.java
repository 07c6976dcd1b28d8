package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.hardware.Widths;

/**
 * Parameters of a chain of IEEE fused multiply-adds, k ascending: {@code d = fma(a_k, b_k, d)}, each
 * rounded to nearest even (FP64 tensor cores, FP32 matrix cores).
 *
 * @param name descriptive name
 * @param format format of operands and accumulator: binary32 or binary64
 * @param length operations a pass chains
 */
public record FmaChainSpec(String name, FloatFormat format, int length) implements UnitSpec {

  public FmaChainSpec {
    Widths.inRange("length", length, 1, 1024);
    if (format.bits() != 32 && format.bits() != 64) {
      throw new IllegalArgumentException("format must be binary32 or binary64: " + format.name());
    }
  }
}
