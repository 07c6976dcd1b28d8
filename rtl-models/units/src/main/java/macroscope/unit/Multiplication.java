package macroscope.unit;

import macroscope.format.NumberFormat;
import macroscope.hardware.InventoryBuilder;

/**
 * What stands where a multiplier would: the product of two codes, exact or not, exactly as the circuit
 * gives it.
 *
 * <p>Every product of finite operands is {@code significand * 2^(unit + shift)}, a dyadic number.
 * Operands are read once ({@link #operandA}) and multiplied many times. What NaN and infinite operands
 * give is not this type's: units follow IEEE 754.
 */
public sealed interface Multiplication
    permits LogarithmicMultiplication,
        SignSelection,
        ShiftAddition,
        AntilogarithmTable,
        PowerCorrection,
        ExactMultiplication {

  /** Format of the left operand. */
  NumberFormat a();

  /** Format of the right operand. */
  NumberFormat b();

  /** Exponent of the least bit that a product can have. */
  int unit();

  /** Bits of the magnitude of a significand. */
  int significandBits();

  /** How far a significand is moved at most; 0 for integers. */
  int maxShift();

  /** Bits of the magnitude of a product in fixed point. */
  default int productBits() {
    return Math.addExact(significandBits(), maxShift());
  }

  /** Whether a product can be negative. */
  default boolean signed() {
    return a().signed() || b().signed();
  }

  /** Bits of a product in two's complement fixed point. */
  default int width() {
    return productBits() + (signed() ? 1 : 0);
  }

  /** Whether significands are magnitudes that a sign must be applied to, not two's complement. */
  default boolean signMagnitude() {
    return signed();
  }

  /** Whether significands other than those of subnormals have their leading bit in one place. */
  default boolean normalised() {
    return false;
  }

  /** A finite code of the left operand as {@link #significand} and {@link #shift} take it; 0 for zero. */
  long operandA(long code);

  /**
   * A finite code of the right operand as {@link #significand} and {@link #shift} take it.
   *
   * @throws IllegalArgumentException if the circuit has no such operand
   */
  long operandB(long code);

  /** The significand of a product with its sign; 0 for zero. */
  long significand(long operandA, long operandB);

  /** Where its least bit stands above {@link #unit}: 0..maxShift. */
  int shift(long operandA, long operandB);

  /** Adds what makes products from operand registers, up to significand and shift count. */
  void addParts(InventoryBuilder parts, int length);

  /** The name of this way to multiply in lists of units. */
  String family();

  /** What the product is, for people. */
  String description();
}
