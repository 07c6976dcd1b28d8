package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;

/**
 * One fused multiply-add of an x86 processor on codes of the accumulator format, NaN payloads
 * included: the first NaN among a, b and c, made quiet; where there is none and the result is not a
 * number, the default NaN, negative and quiet (Intel SDM, volume 1, section 4.8.3.5 and table 4-7).
 */
final class X86Fma {

  private final FloatFormat format;
  private final boolean flushing;
  private final long quietBit;

  /**
   * @param format binary16 or binary32
   * @param flushing as {@link VectorFmaSpec} says; binary32 only
   */
  X86Fma(FloatFormat format, boolean flushing) {
    this.format = format;
    this.flushing = flushing;
    this.quietBit = 1L << (format.fractionBits() - 1);
  }

  /** The code of 1. */
  long one() {
    return (long) format.bias() << format.fractionBits();
  }

  /** The NaN of an invalid operation. */
  long defaultNan() {
    long sign = 1L << (format.bits() - 1);
    return sign | format.maxFiniteCode() + 1 | quietBit;
  }

  /** a * b + c. */
  long fma(long a, long b, long c) {
    for (long operand : new long[] {a, b, c}) {
      if (format.isNan(operand)) {
        return operand | quietBit;
      }
    }
    return format.equals(Formats.BINARY16)
        ? code16(IeeeArithmetic.fma16(value16(a), value16(b), value16(c)))
        : code32(fma32(value32(a), value32(b), value32(c)));
  }

  private static float value16(long code) {
    return IeeeArithmetic.value16(code);
  }

  private float value32(long code) {
    float x = Float.intBitsToFloat((int) code);
    return flushing ? IeeeArithmetic.flush32(x) : x;
  }

  private float fma32(float a, float b, float c) {
    return flushing ? IeeeArithmetic.fmaFlushing32(a, b, c) : IeeeArithmetic.fma32(a, b, c);
  }

  /** The code of a result; of a NaN that no operand brought, the default NaN. */
  long code16(float x) {
    return Float.isNaN(x) ? defaultNan() : IeeeArithmetic.code16(x);
  }

  /** The code of a result; of a NaN that no operand brought, the default NaN. */
  long code32(float x) {
    return Float.isNaN(x) ? defaultNan() : IeeeArithmetic.code32(x);
  }
}
