package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import macroscope.config.SweepLoader;
import macroscope.report.ChartStyle;
import macroscope.report.Journal;
import macroscope.report.RunFolder;
import macroscope.report.RunInputs;
import macroscope.report.SweepReport;
import macroscope.search.SearchResult;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.Shard;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepResult;

/**
 * What a sweep leaves behind, in its folder and on standard output.
 *
 * @param command what repeats the run
 */
record SweepOutput(SweepLoader sweep, String command, PrintWriter stdout) {

  /** Where runs go that are not told where. */
  static Path runs() {
    return Path.of(System.getProperty("macroscope.home", "")).resolve("reports").resolve("runs");
  }

  /** Writes the report of a whole sweep. */
  void write(SearchResult searched, Journal journal, RunFolder folder, long startNanos)
      throws IOException {
    SweepResult result = searched.sweep();
    RunInputs inputs = new RunInputs(command, sweep.text(), CodeVersion.current(), sweep.files());
    // A run of the first points alone leaves what others of its folder have measured.
    Set<String> keys = new LinkedHashSet<>(result.keys());
    keys.addAll(SweepEngine.wanted(sweep.plan(), CodeVersion.current()).keySet());
    folder.writeJournal(journal.text(List.copyOf(keys)));
    List<String> files = new SweepReport(ChartStyle.paper()).write(searched, inputs, folder);
    stdout.printf(
        Locale.ROOT,
        "%s, %d fronts, %.1f s%n",
        points(result),
        result.fronts().size(),
        seconds(startNanos));
    files.forEach(name -> stdout.println(folder.path().resolve(name)));
    stdout.flush();
  }

  private static String points(SweepResult result) {
    int evaluated = result.evaluations().size();
    return result.isInterrupted()
        ? "interrupted: " + evaluated + " of " + result.asked() + " points"
        : evaluated + " points";
  }

  /** Leaves what a part of a sweep has measured, in the order of the sweep, and says how the parts come together. */
  void writePart(
      Shard shard, SweepResult result, Journal journal, RunFolder folder, long startNanos)
      throws IOException {
    folder.writeJournal(journal.text(result.keys()));
    stdout.printf(
        Locale.ROOT,
        "shard %s: %d measurements, %.1f s%n%s%nmacroscope merge makes the report of all %d shards%n",
        shard,
        result.keys().size(),
        seconds(startNanos),
        folder.journal(),
        shard.count());
    stdout.flush();
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
