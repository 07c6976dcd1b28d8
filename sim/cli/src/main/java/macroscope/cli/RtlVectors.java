package macroscope.cli;

import macroscope.input.InputException;
import macroscope.rtl.Stimulus;
import macroscope.rtl.Twin;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which twin, and the vectors that it is driven with. */
final class RtlVectors {

  private static final int MOST_SUMS = 1_000_000;

  @Mixin private TwinOptions options;

  @Parameters(
      paramLabel = "UNIT",
      description = "A unit, as for units; family:key=value,... spells one.")
  private String unit;

  @Option(
      names = "--sums",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Sums to compute, of one to a few passes (default: ${DEFAULT-VALUE}).")
  private int sums;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the operands (default: ${DEFAULT-VALUE}).")
  private long seed;

  Twin twin() {
    return options.twin(unit);
  }

  Stimulus stimulus(Twin twin) {
    if (sums < 1 || sums > MOST_SUMS) {
      throw new InputException("--sums", "must be 1.." + MOST_SUMS + ": " + sums);
    }
    return twin.stimulus(seed, sums);
  }
}
