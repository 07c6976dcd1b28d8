package macroscope.cli;

import java.util.Optional;
import macroscope.input.InputException;
import macroscope.rtl.Stimulus;
import macroscope.rtl.Twin;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which twin, and the vectors that it is driven with. */
final class RtlVectors {

  private static final int MOST_SUMS = 1_000_000;
  private static final int USUAL_SUMS = 1000;

  @Mixin private TwinOptions options;

  @Parameters(
      paramLabel = "UNIT",
      description = "A unit, as for units; family:key=value,... spells one.")
  private String unit;

  @Option(
      names = "--sums",
      paramLabel = "N",
      description = {
        "Dot products to draw, each of 1 to 4 passes through the unit and some of up to 64. The result",
        "of every pass is compared. Where two operands have 12 bits or fewer together, all pairs of",
        "codes come on top (default: 1000)."
      })
  private Optional<Integer> sums = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the operands that are drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  Twin twin() {
    return options.twin(unit);
  }

  long seed() {
    return seed;
  }

  /** Whether {@code --sums} is given. */
  boolean hasSums() {
    return sums.isPresent();
  }

  Stimulus stimulus(Twin twin) {
    int count = sums.orElse(USUAL_SUMS);
    if (count < 1 || count > MOST_SUMS) {
      throw new InputException("--sums", "must be 1.." + MOST_SUMS + ": " + count);
    }
    return twin.stimulus(seed, count);
  }
}
