package macroscope.cli;

import java.util.Optional;
import macroscope.accuracy.Treatment;
import macroscope.format.Conversion;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.input.InputException;
import picocli.CommandLine.Option;

/** How elements come to their codes. */
final class RestorationOptions {

  @Option(
      names = "--rounding",
      paramLabel = "R",
      description = {
        "Of the elements: one of " + Treatment.NAMES + ",",
        "whose random bits --seed draws for each element (default: ties-to-even)."
      })
  private Optional<String> rounding = Optional.empty();

  @Option(
      names = "--noise",
      description = "Gaussian noise of the variance of rounding, drawn by --seed, in place of it.")
  private boolean noise;

  @Option(
      names = "--via-f32",
      description =
          "Round elements to binary32 first, and so twice: what numpy does with ml_dtypes.")
  private boolean viaBinary32;

  @Option(names = "--daz", description = "Elements below 2^-126 under their scales are zeros.")
  private boolean zeroInputs;

  @Option(names = "--ftz", description = "Elements that become subnormal become zeros.")
  private boolean zeroResults;

  /** What is done to elements. */
  Treatment of(long seed) {
    try {
      return viaBinary32 || zeroInputs || zeroResults ? converted() : rounded(seed);
    } catch (IllegalArgumentException e) {
      throw new InputException(noise ? "--noise" : "--rounding", String.valueOf(e.getMessage()), e);
    }
  }

  private Treatment rounded(long seed) {
    if (noise && rounding.isPresent()) {
      throw new IllegalArgumentException("noise takes the place of rounding: " + rounding.get());
    }
    return Treatment.named(noise ? "noise" : rounding.orElse("ties-to-even"), seed);
  }

  private Treatment converted() {
    String name = noise ? "noise" : rounding.orElse("ties-to-even");
    RoundingMode mode =
        RoundingMode.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--via-f32, --daz and --ftz go with a rounding mode: " + name));
    return Treatment.of(
        mode.lowerCaseName() + " of converted elements",
        new Conversion(mode, Overflow.SATURATE, viaBinary32, zeroInputs, zeroResults));
  }
}
