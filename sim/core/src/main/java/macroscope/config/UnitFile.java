package macroscope.config;

import java.nio.file.Path;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.RoundingMode;
import macroscope.unit.Alignment;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.UnitSpec;

/**
 * A tensor core of the user's own as its YAML file has it: a fused dot product, of block-scaled
 * operands if it has a {@code scale}. What is missing has the default in brackets.
 *
 * @param description what it is meant to be
 * @param a format of the left operand
 * @param b format of the right operand (a)
 * @param length products of an instruction
 * @param groupLength products aligned together (length)
 * @param keptFractionBits fraction bits kept below the largest exponent
 * @param truncation of the bits below: toward_zero or toward_negative (toward_zero)
 * @param zerosCount whether zeros take part in the largest exponent (true)
 * @param leastExponent exponent that terms are aligned to at least (none)
 * @param output accumulator format (binary32)
 * @param rounding to it: toward_zero or ties_to_even (toward_zero)
 * @param outputFractionBits fraction bits of the result (those of the output)
 * @param scale power-of-two scales of blocks (none)
 * @param place where the file's top is
 */
public record UnitFile(
    String description,
    Located<String> a,
    Optional<Located<String>> b,
    int length,
    Optional<Integer> groupLength,
    int keptFractionBits,
    Optional<RoundingMode> truncation,
    Optional<Boolean> zerosCount,
    Optional<Integer> leastExponent,
    Optional<Located<String>> output,
    Optional<RoundingMode> rounding,
    Optional<Integer> outputFractionBits,
    Optional<Scale> scale,
    Place place) {

  /**
   * Scales of blocks along K.
   *
   * @param format a format of powers of two, e8m0
   * @param blockLength elements that share a scale
   */
  public record Scale(Located<String> format, int blockLength) {}

  /** The units that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("units", "unit");
  }

  /** The unit of a file, named as it is without {@code .yaml}. */
  public static UnitSpec read(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
    return Yaml.read(file, UnitFile.class).unit(name);
  }

  /** The unit that this describes. */
  public UnitSpec unit(String name) {
    FloatFormat left = floats(a);
    FloatFormat right = b.map(UnitFile::floats).orElse(left);
    FloatFormat sum = output.map(UnitFile::floats).orElse(Formats.BINARY32);
    try {
      FusedDotSpec dot =
          new FusedDotSpec(
              name,
              left,
              right,
              sum,
              length,
              groupLength.orElse(length),
              keptFractionBits,
              rounding.orElse(RoundingMode.TOWARD_ZERO),
              outputFractionBits.orElse(sum.fractionBits()),
              alignment());
      return scale.isEmpty()
          ? dot
          : new BlockScaledDotSpec(dot, floats(scale.get().format()), scale.get().blockLength());
    } catch (IllegalArgumentException e) {
      throw place.refuse(e);
    }
  }

  private Alignment alignment() {
    Alignment alignment = Alignment.USUAL;
    if (!zerosCount.orElse(true)) {
      alignment = alignment.withoutZeros();
    }
    if (leastExponent.isPresent()) {
      alignment = alignment.atLeast(leastExponent.get());
    }
    return alignment.truncating(truncation.orElse(RoundingMode.TOWARD_ZERO));
  }

  private static FloatFormat floats(Located<String> name) {
    try {
      NumberFormat format = Formats.forUser(name.value());
      if (format instanceof FloatFormat floating) {
        return floating;
      }
    } catch (IllegalArgumentException e) {
      throw name.place().refuse(e);
    }
    throw name.place().refuse("must be a float format: " + name.value());
  }
}
