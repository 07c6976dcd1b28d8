package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import macroscope.machine.FittedConstant;
import macroscope.report.Listing;
import macroscope.verify.TimesFit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fit-times}: fits machines' constants on measured times. */
@Command(
    name = "fit-times",
    description = {
      "Fits the constants of machines that no data sheet holds on the measured times of a file, and"
          + " says",
      "for each row the error with the machine's own constants, with the fitted ones, and with"
          + " those",
      "fitted on all other rows (left out). Writes nothing: constants belong in the machine's file."
    },
    footer = {
      "",
      "Example:",
      "  macroscope fit-times sim/core/src/test/resources/vectors/a100-gemm.csv"
    })
final class FitTimesCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(paramLabel = "FILE", description = "Measured times (CSV), as verify reads them.")
  private Path file;

  @Override
  public void run() {
    List<TimesFit> fits = TimesFit.of(file, VerifyCommand.timed());
    PrintWriter out = spec.commandLine().getOut();
    if (style.csv() || style.json()) {
      style.print(rows(fits), out);
      return;
    }
    fits.forEach(fit -> print(out, fit));
    out.flush();
  }

  private static Listing rows(List<TimesFit> fits) {
    List<List<Object>> rows = new ArrayList<>();
    for (TimesFit fit : fits) {
      for (TimesFit.RowErrors row : fit.rows()) {
        rows.add(
            List.of(
                fit.machine(),
                row.row(),
                row.measuredMilliseconds(),
                row.shipped(),
                row.fitted(),
                row.leftOut()));
      }
    }
    return new Listing(
        List.of("machine", "row", "measured_ms", "error", "error_fitted", "error_left_out"), rows);
  }

  private static void print(PrintWriter out, TimesFit fit) {
    out.printf(Locale.ROOT, "%s%n", fit.machine());
    for (int i = 0; i < fit.fitted().size(); i++) {
      FittedConstant own = fit.shipped().get(i);
      double fitted = fit.fitted().get(i).value();
      out.printf(Locale.ROOT, "  %-28s %10.5g  fitted %10.5g%n", own.name(), own.value(), fitted);
    }
    TextTable table =
        new TextTable(List.of("row", "measured ms", "error", "error fitted", "left out"), 1);
    out.print(table.rows(fit.rows().stream().map(FitTimesCommand::cells).toList()).indent(2));
    summary(out, "own constants", fit, TimesFit.RowErrors::shipped);
    summary(out, "fitted on all rows", fit, TimesFit.RowErrors::fitted);
    summary(out, "row left out", fit, TimesFit.RowErrors::leftOut);
  }

  private static List<String> cells(TimesFit.RowErrors row) {
    return List.of(
        row.row(),
        String.format(Locale.ROOT, "%.5g", row.measuredMilliseconds()),
        percent(row.shipped()),
        percent(row.fitted()),
        percent(row.leftOut()));
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * fraction);
  }

  private static void summary(
      PrintWriter out, String what, TimesFit fit, ToDoubleFunction<TimesFit.RowErrors> error) {
    double[] errors = fit.rows().stream().mapToDouble(error).map(Math::abs).toArray();
    double mean = Arrays.stream(errors).average().orElseThrow();
    double most = Arrays.stream(errors).max().orElseThrow();
    out.printf(
        Locale.ROOT,
        "  %-20s %d rows, mean error %.1f %%, largest %.1f %%%n",
        what,
        errors.length,
        100 * mean,
        100 * most);
  }
}
