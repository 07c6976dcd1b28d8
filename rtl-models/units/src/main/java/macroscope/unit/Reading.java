package macroscope.unit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;

/**
 * Another reading of an instruction, where sources disagree about what it computes; {@code name+reading}
 * names it. Without one an instruction is what MMA-Sim (microsoft/MMA-Sim c785138) computes, which
 * published outputs of GPUs bear out as far as they go; they decide none of these questions.
 */
public enum Reading {
  /**
   * A product or addend of zero is no term of a fused dot product: nothing is aligned to its exponent
   * (Khattak and Mikaitis, arXiv 2512.07004). Differs with operands of eight exponent bits and with
   * scales.
   */
  ZEROS_DROPPED(
      "a zero product or addend is no term, so that nothing is aligned to its exponent"
          + " (arXiv 2512.07004)") {
    @Override
    Optional<UnitSpec> of(String name, UnitSpec unit) {
      if (unit instanceof BlockScaledDotSpec s) {
        FusedDotSpec dot = s.dot().with(name, s.dot().alignment().withoutZeros());
        return Optional.of(new BlockScaledDotSpec(dot, s.scale(), s.blockLength()));
      }
      return unit instanceof FusedDotSpec s
          ? Optional.of(s.with(name, s.alignment().withoutZeros()))
          : Optional.empty();
    }
  },
  /**
   * Terms of a fused dot product are aligned to at least 2^(least exponent of the result - 5 - (F - 23)):
   * -132 and -133 for binary32, -19 to -21 for binary16 (the models of Khattak and Mikaitis, arXiv
   * 2512.07004). Differs where results are nearly too small.
   */
  ALIGNMENT_FLOOR(
      "terms are aligned to a least exponent, so that results nearly too small lose bits"
          + " (models of arXiv 2512.07004)") {
    @Override
    Optional<UnitSpec> of(String name, UnitSpec unit) {
      if (!(unit instanceof FusedDotSpec s) || !floored(s)) {
        return Optional.empty();
      }
      int least = s.accumulator().minExponent() - 5 - (s.keptFractionBits() - 23);
      return Optional.of(s.with(name, s.alignment().atLeast(least)));
    }
  },
  /**
   * A group of products and the addend are added exactly and rounded once, as on MI100 (Khattak and
   * Mikaitis, arXiv 2512.07004), in place of a tree of rounded additions.
   */
  EXACT_SUM(
      "a group of products and the addend are added exactly and rounded once (MI100 in"
          + " arXiv 2512.07004)") {
    @Override
    Optional<UnitSpec> of(String name, UnitSpec unit) {
      return unit instanceof PairwiseDotSpec s && !s.flushing()
          ? Optional.of(
              new ExactGroupDotSpec(
                  name, s.a(), s.b(), Formats.BINARY32, s.length(), s.groupLength()))
          : Optional.empty();
    }
  };

  private final String difference;

  Reading(String difference) {
    this.difference = difference;
  }

  /** What it does otherwise, and who says so. */
  public String difference() {
    return difference;
  }

  /** What joins the name of an instruction and that of a reading. */
  static final char JOINT = '+';

  /** The unit that an instruction of this unit is in this reading, if there is a difference. */
  abstract Optional<UnitSpec> of(String name, UnitSpec unit);

  /** The name behind {@link #JOINT}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Reading> named(String label) {
    return Stream.of(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /** The readings that an instruction has besides the usual one. */
  public static Stream<Reading> of(Instruction instruction) {
    return Stream.of(values())
        .filter(one -> one.of(instruction.name(), instruction.unit()).isPresent());
  }

  /** The published models have a floor for F of 24 and 25, and 23 with binary16 results. */
  private static boolean floored(FusedDotSpec s) {
    FloatFormat output = s.accumulator();
    int least = output.equals(Formats.BINARY16) ? 23 : 24;
    return s.keptFractionBits() >= least && s.keptFractionBits() <= 25;
  }
}
