package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.QsnrSweepFile;
import macroscope.report.ChartStyle;
import macroscope.report.QsnrReport;
import macroscope.report.RunFolder;
import macroscope.sweep.QsnrSweep;
import macroscope.sweep.Sha256;

/** Runs a sweep of formats over random matrices, for {@code sweep}. */
final class QsnrSweepRun {

  private QsnrSweepRun() {}

  /**
   * @param out folder to write to, unless it is {@code runs} with the sweep's name
   */
  static void run(Path file, Optional<Path> out, Path runs, PrintWriter stdout) throws IOException {
    QsnrSweep sweep = QsnrSweepFile.read(file);
    long start = System.nanoTime();
    Path path = out.orElseGet(() -> runs.resolve(sweep.name()));
    try (RunFolder folder = RunFolder.claim(path, Sha256.of(Files.readString(file)))) {
      List<QsnrSweep.Result> results = measured(sweep);
      List<String> names = new QsnrReport(ChartStyle.paper()).write(sweep, results, folder);
      double seconds = (System.nanoTime() - start) / 1e9;
      stdout.printf(Locale.ROOT, "%d results, %.1f s%n", results.size(), seconds);
      names.forEach(name -> stdout.println(folder.path().resolve(name)));
      stdout.flush();
    }
  }

  private static List<QsnrSweep.Result> measured(QsnrSweep sweep) {
    try (TerminalProgress progress = new TerminalProgress("formats")) {
      return sweep.run(progress);
    }
  }
}
