package macroscope.cli;

import java.util.List;
import macroscope.accuracy.BlockCrossover;
import macroscope.report.Listing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code theory crossovers}: up to which crest factor an integer block format beats a float one. */
@Command(
    name = "crossovers",
    description = {
      "Crest factors (largest magnitude over root mean square of a block) up to which integers have a",
      "higher QSNR than floats of as many bits, on Gaussian elements: the closed forms of Chen et al.,",
      "INT v.s. FP, arXiv 2510.25602, section 3, beside what is printed there. The overhead is the factor",
      "that a scale is too large by; with exact e4m3 scales NVINT4 wins up to 2.46."
    },
    footer = {"", "Example:", "  macroscope theory crossovers --csv"})
final class CrossoversCommand implements Runnable {

  private static final List<String> COLUMNS =
      List.of(
          "integers",
          "floats",
          "scale_overhead",
          "crest_factor",
          "qsnr_db",
          "published_crest_factor",
          "published_qsnr_db");

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Override
  public void run() {
    List<List<Object>> rows =
        BlockCrossover.published().stream().map(CrossoversCommand::row).toList();
    style.print(new Listing(COLUMNS, rows), spec.commandLine().getOut());
  }

  private static List<Object> row(BlockCrossover c) {
    return List.of(
        c.integers(),
        c.floats(),
        c.overhead(),
        Math.round(c.crest() * 1e4) / 1e4,
        Math.round(c.decibels() * 1e3) / 1e3,
        c.publishedCrest(),
        c.publishedDecibels());
  }
}
