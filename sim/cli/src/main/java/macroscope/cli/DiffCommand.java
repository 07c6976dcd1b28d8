package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import macroscope.report.Listing;
import macroscope.report.RunDifference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: how two runs of a sweep differ. */
@Command(
    name = "diff",
    description = {
      "Compares two runs of sweeps: prices and points that one of them lacks, every number that is not",
      "the same in both, and how each front moved: its hypervolume before and after, in one box that",
      "holds the points of both runs, and the points that left or entered."
    },
    footer = {
      "",
      "Exit code 0 if the runs agree in everything, 1 if not, 2 if a folder holds no finished run.",
      "",
      "Example:",
      "  macroscope diff reports/runs/before reports/runs/after --csv"
    })
final class DiffCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "Folder of a run.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "Folder of another.")
  private Path after;

  @Mixin private ListingStyle style = new ListingStyle();

  @Override
  public Integer call() throws IOException {
    Listing differences = RunDifference.between(before, after);
    PrintWriter out = spec.commandLine().getOut();
    if (differences.rows().isEmpty() && !style.csv() && !style.json()) {
      out.println("the runs agree in all prices and points");
      out.flush();
    } else {
      style.print(differences, out);
    }
    return differences.rows().isEmpty() ? 0 : 1;
  }
}
