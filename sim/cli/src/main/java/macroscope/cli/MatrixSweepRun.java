package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.accuracy.Progress;
import macroscope.config.GemmErrorFile;
import macroscope.config.QsnrSweepFile;
import macroscope.config.SweepKind;
import macroscope.config.UnitCurvesFile;
import macroscope.input.InputException;
import macroscope.report.ChartStyle;
import macroscope.report.GemmErrorReport;
import macroscope.report.QsnrReport;
import macroscope.report.RunFolder;
import macroscope.report.UnitCurvesReport;
import macroscope.sweep.GemmErrorSweep;
import macroscope.sweep.QsnrSweep;
import macroscope.sweep.Sha256;
import macroscope.sweep.UnitCurves;

/** Runs a sweep without networks for {@code sweep}: of formats, of products, or of costs of units. */
final class MatrixSweepRun {

  /** What a sweep measures and writes. */
  private interface Job {
    /** Measures; the names of the files written, with how many results there are. */
    Written run(int threads, Progress progress, RunFolder folder) throws IOException;
  }

  private record Written(int results, List<String> names) {}

  private final Path file;
  private final String name;
  private final Job job;

  private MatrixSweepRun(Path file, String name, Job job) {
    this.file = file;
    this.name = name;
    this.job = job;
  }

  /** The run of a sweep file; empty if it is a design space. */
  static Optional<MatrixSweepRun> of(Path file) {
    return switch (SweepKind.of(file)) {
      case QSNR -> Optional.of(formats(file, QsnrSweepFile.read(file)));
      case GEMM_ERROR -> Optional.of(products(file, GemmErrorFile.read(file)));
      case UNIT_CURVES -> Optional.of(units(file, UnitCurvesFile.read(file)));
      case DESIGNS -> Optional.empty();
    };
  }

  private static MatrixSweepRun formats(Path file, QsnrSweep sweep) {
    return new MatrixSweepRun(
        file,
        sweep.name(),
        (threads, progress, folder) -> {
          List<QsnrSweep.Result> results = sweep.run(progress);
          QsnrReport report = new QsnrReport(ChartStyle.paper());
          return new Written(results.size(), report.write(sweep, results, folder));
        });
  }

  private static MatrixSweepRun products(Path file, GemmErrorSweep sweep) {
    return new MatrixSweepRun(
        file,
        sweep.name(),
        (threads, progress, folder) -> {
          List<GemmErrorSweep.Result> results = sweep.run(threads, progress);
          GemmErrorReport report = new GemmErrorReport();
          return new Written(results.size(), report.write(sweep, results, folder));
        });
  }

  private static MatrixSweepRun units(Path file, UnitCurves curves) {
    return new MatrixSweepRun(
        file,
        curves.name(),
        (threads, progress, folder) -> {
          List<UnitCurves.Point> points = curves.points();
          UnitCurvesReport report = new UnitCurvesReport(ChartStyle.paper());
          return new Written(points.size(), report.write(curves, points, folder));
        });
  }

  /**
   * @param out folder to write to, unless it is {@code runs} with the sweep's name
   */
  void run(Optional<Path> out, Path runs, int threads, PrintWriter stdout) throws IOException {
    long start = System.nanoTime();
    Path path = out.orElseGet(() -> runs.resolve(name));
    try (RunFolder folder =
        RunFolder.claim(path, RunFolder.Owner.ofAll(Sha256.of(Files.readString(file))))) {
      Written written = written(threads, folder);
      double seconds = (System.nanoTime() - start) / 1e9;
      stdout.printf(Locale.ROOT, "%d results, %.1f s%n", written.results(), seconds);
      written.names().forEach(each -> stdout.println(folder.path().resolve(each)));
      stdout.flush();
    }
  }

  private Written written(int threads, RunFolder folder) throws IOException {
    try (TerminalProgress progress = new TerminalProgress(name)) {
      return job.run(threads, progress, folder);
    } catch (IllegalArgumentException e) {
      throw new InputException(file.toString(), String.valueOf(e.getMessage()), e);
    }
  }
}
