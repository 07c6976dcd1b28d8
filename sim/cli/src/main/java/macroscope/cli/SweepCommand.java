package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.SweepLoader;
import macroscope.report.ChartStyle;
import macroscope.report.Journal;
import macroscope.report.RunFolder;
import macroscope.report.RunInputs;
import macroscope.report.SweepReport;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepPlan;
import macroscope.sweep.SweepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sweep}: runs a design space and writes its report. */
@Command(
    name = "sweep",
    description = {
      "Runs a design space and writes points.csv, pareto.csv, charts (PNG and SVG), report.html",
      "and manifest.json. Equal input gives equal files, whatever the number of threads."
    },
    footer = {
      "",
      "Exit code 0 when done, 2 if the input is wrong, 130 when interrupted: what is measured by then",
      "is kept, and --resume goes on from there.",
      "",
      "A file with matrices in place of designs measures formats alone: it writes qsnr.csv and a chart",
      "of QSNR against stored bits for each matrix. A file with operands measures errors of matrix",
      "products on units as K grows: it writes gemm-error.csv and two charts for each pair of operands.",
      "A file with charts draws what units cost along one of their parameters: points.csv, findings.csv,",
      "prices.csv and charts of density and energy.",
      "",
      "Examples:",
      "  macroscope sweep configs/sweeps/quickstart.yaml",
      "  macroscope sweep configs/sweeps/qsnr-formats.yaml",
      "  macroscope sweep configs/sweeps/gemm-error.yaml",
      "  macroscope sweep configs/sweeps/lut-crossover.yaml"
    })
final class SweepCommand implements Callable<Integer> {

  private static final Path RUNS = Path.of("reports", "runs");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.yaml", description = "The design space.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write to (default: reports/runs/NAME of the sweep).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Networks to run at a time (default: one for each processor).")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "Evaluate the first N points only.")
  private Optional<Integer> limit = Optional.empty();

  @Option(names = "--resume", description = "Go on from what an interrupted run has measured.")
  private boolean resume;

  @Override
  public Integer call() throws IOException {
    threads.ifPresent(n -> requirePositive("--threads", n));
    limit.ifPresent(n -> requirePositive("--limit", n));
    Optional<MatrixSweepRun> matrices = MatrixSweepRun.of(file);
    if (matrices.isPresent()) {
      return run(matrices.get());
    }
    long start = System.nanoTime();
    SweepLoader sweep = SweepLoader.read(file);
    SweepPlan plan = limit.map(sweep.plan()::first).orElse(sweep.plan());
    Path path = out.orElseGet(() -> home().resolve(RUNS).resolve(plan.name()));
    try (RunFolder folder = RunFolder.claim(path, sweep.digest())) {
      if (!resume) {
        folder.writeJournal("");
      }
      run(sweep, plan, folder, start);
    }
    return 0;
  }

  /** Quick enough to need no journal. */
  private int run(MatrixSweepRun matrices) throws IOException {
    if (limit.isPresent() || resume) {
      throw new ParameterException(
          spec.commandLine(),
          "A sweep over matrices takes --out and --threads only, not --limit or --resume");
    }
    int most = threads.orElse(Runtime.getRuntime().availableProcessors());
    matrices.run(out, home().resolve(RUNS), most, spec.commandLine().getOut());
    return 0;
  }

  private void run(SweepLoader sweep, SweepPlan plan, RunFolder folder, long start)
      throws IOException {
    try (Journal journal = Journal.open(folder.journal());
        ProgressLine progress = new ProgressLine()) {
      Interruption interruption = new Interruption(journal, progress, folder.path());
      SweepResult result;
      String code = CodeVersion.current();
      List<String> files;
      try {
        result = new SweepEngine(threads(sweep), code, journal, progress).run(plan);
        RunInputs inputs = new RunInputs(command(), sweep.text(), code, sweep.files());
        files = new SweepReport(ChartStyle.paper()).write(result, inputs, folder);
        folder.writeJournal(journal.text(result.keys()));
      } finally {
        interruption.disarm();
      }
      tell(result, folder, files, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private int threads(SweepLoader sweep) {
    return threads.or(sweep::threads).orElse(Runtime.getRuntime().availableProcessors());
  }

  /** What repeats the run. The number of threads and the folder change nothing in it. */
  private String command() {
    return "./macroscope sweep " + file + limit.map(n -> " --limit " + n).orElse("");
  }

  private void tell(SweepResult result, RunFolder folder, List<String> files, Duration time) {
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.printf(
        Locale.ROOT,
        "%d points, %d fronts, %.1f s%n",
        result.evaluations().size(),
        result.fronts().size(),
        time.toMillis() / 1000.0);
    files.forEach(name -> stdout.println(folder.path().resolve(name)));
    stdout.flush();
  }

  private static Path home() {
    return Path.of(System.getProperty("macroscope.home", ""));
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': must be at least 1: " + value);
    }
  }
}
