package macroscope.unit;

import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Widths;
import macroscope.tensor.BlockShare;

/**
 * Parameters of an integer unit for activations whose blocks of channels have two widths: blocks of
 * few bits go through one array, the others through another, as the W4Ax kernel of COMET issues INT4
 * and INT8 tensor-core instructions (Liu et al., arXiv 2410.12168, sections 3.2 and 4: blocks of 128
 * channels; W4A8 on INT8 after the conversion of weights, W4A4 on INT4; sums of blocks are scaled and
 * reduced after the products, as {@link ScaledGemm} does).
 *
 * <p>Time, work and energy are those of the share of blocks; which of a matrix they are, its format
 * says ({@link macroscope.tensor.Coding.MixedBlocks}).
 *
 * @param name preset or descriptive name
 * @param high the unit of blocks of more bits, its weights converted if need be
 * @param low the unit of blocks of few bits
 * @param block channels of a block
 * @param share of all blocks, those of more bits
 */
public record MixedBlocksSpec(String name, UnitSpec high, UnitSpec low, int block, BlockShare share)
    implements UnitSpec {

  public MixedBlocksSpec {
    Widths.inRange("channels of a block", block, 1, 65_536);
    IntegerFormat wide = activations(high);
    IntegerFormat narrow = activations(low);
    if (narrow.bits() >= wide.bits()) {
      throw new IllegalArgumentException(
          "blocks of few bits must have fewer than " + wide.bits() + ": " + narrow.bits());
    }
    OperandFormats.require(weights(high), weights(low));
  }

  private static OperandPair operands(UnitSpec unit) {
    return OperandPair.of(unit)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "blocks of two widths need units that multiply codes: " + unit.name()));
  }

  private static IntegerFormat activations(UnitSpec unit) {
    if (operands(unit).a() instanceof IntegerFormat integers
        && integers.signed()
        && integers.fractionBits() == 0) {
      return integers;
    }
    throw new IllegalArgumentException(
        "blocks of two widths must be signed integers: " + operands(unit).a().name());
  }

  private static NumberFormat weights(UnitSpec unit) {
    return operands(unit).b();
  }

  /** Activations of blocks of more bits, and as which all are handed over. */
  public IntegerFormat wide() {
    return activations(high);
  }

  /** Activations of blocks of few bits. */
  public IntegerFormat narrow() {
    return activations(low);
  }

  /** Weights of all blocks. */
  public NumberFormat weights() {
    return weights(high);
  }

  /**
   * The unit of half the bits that an integer array splits into: activations of half as many bits,
   * weights as they are stored, twice the products a pass (PTX ISA, {@code mma}: INT4 takes twice the K
   * of INT8).
   *
   * @param high an integer array, its weights converted or not
   * @throws IllegalArgumentException if it is none
   */
  public static IntegerMacSpec halved(UnitSpec high) {
    UnitSpec array = high instanceof DequantizedSpec s ? s.unit() : high;
    if (array instanceof IntegerMacSpec mac && weights(high) instanceof IntegerFormat stored) {
      int bits = mac.a().bits() / 2;
      return new IntegerMacSpec(
          mac.name() + " halved",
          new IntegerFormat("int" + bits, bits, true, false, 0),
          stored,
          Math.multiplyExact(2, mac.length()),
          mac.accumulatorBits(),
          mac.saturating());
    }
    throw new IllegalArgumentException("low is missing: only integer arrays have a half");
  }

  @Override
  public Optional<UnitSpec> base() {
    return Optional.of(high);
  }
}
