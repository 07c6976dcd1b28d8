package macroscope.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;
import macroscope.accuracy.TrainingScalingLaw;
import macroscope.accuracy.TrainingScalingLaw.Layout;
import macroscope.input.InputException;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code theory layouts}: the best float of each width to train a language model in. */
@Command(
    name = "layouts",
    description = {
      "The exponent and mantissa bits with the least training loss for 4 to 16 bits, by the scaling law of",
      "Sun et al., Scaling Laws for Floating-Point Quantization Training, arXiv 2501.02423: the tokens",
      "beyond which more of them do harm, and the loss there. The best layout depends on neither option."
    },
    footer = {"", "Example:", "  macroscope theory layouts --parameters 7e9 --block 32"})
final class LayoutsCommand implements Runnable {

  private static final List<String> COLUMNS =
      List.of("bits", "layout", "critical_tokens", "loss_at_critical_tokens");
  private static final int LEAST_BITS = 4;
  private static final int MOST_BITS = 16;
  private static final int DIGITS = 5;

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      defaultValue = "1e9",
      description = "Of the model (default: ${DEFAULT-VALUE}).")
  private double parameters;

  @Option(
      names = "--block",
      paramLabel = "B",
      defaultValue = "128",
      description = "Elements that share a scale (default: ${DEFAULT-VALUE}).")
  private int block;

  @Override
  public void run() {
    TrainingScalingLaw law = law();
    List<List<Object>> rows =
        IntStream.rangeClosed(LEAST_BITS, MOST_BITS).mapToObj(bits -> row(law, bits)).toList();
    style.print(new Listing(COLUMNS, rows), spec.commandLine().getOut());
  }

  private TrainingScalingLaw law() {
    try {
      return new TrainingScalingLaw(parameters, block);
    } catch (IllegalArgumentException e) {
      throw new InputException("--parameters, --block", String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Object> row(TrainingScalingLaw law, int bits) {
    Layout best = TrainingScalingLaw.best(bits);
    double tokens = law.criticalTokens(best);
    return List.of(bits, best, significant(tokens), significant(law.loss(tokens, best)));
  }

  private static double significant(double value) {
    return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
  }
}
