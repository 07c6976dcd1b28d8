package macroscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.SweepLoader;
import macroscope.input.InputException;
import macroscope.report.Journal;
import macroscope.report.RunFolder;
import macroscope.search.SearchPlan;
import macroscope.search.SearchResult;
import macroscope.search.SearchRun;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.Engine;
import macroscope.sweep.Shard;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sweep}: runs a design space and writes its report. */
@Command(
    name = "sweep",
    description = {
      "Runs a design space and writes points.csv, pareto.csv, charts (PNG, SVG, CSV), report.html",
      "and manifest.json. Equal input gives equal files, whatever the number of threads."
    },
    footer = {
      "",
      "Exit code 0 when done, 2 if the input is wrong, 130 when interrupted: SIGINT (Ctrl-C) or SIGTERM",
      "finishes the measurements in flight and writes the report of the points that have theirs, without",
      "a manifest; a second one stops at once. What is measured is kept, and --resume goes on from there.",
      "",
      "A file with matrices in place of designs measures formats alone: it writes qsnr.csv and a chart",
      "of QSNR against stored bits for each matrix. A file with operands measures errors of matrix",
      "products on units as K grows: it writes gemm-error.csv and two charts for each pair of operands.",
      "A file with charts draws what units cost along one of their parameters: points.csv, findings.csv,",
      "prices.csv and charts of density and energy.",
      "",
      "With search: a design space gives each layer one of its designs: by integer programs over measured",
      "sensitivities, by NSGA-II, by halving or by brute force (docs/search.md). Besides, it writes",
      "search.csv, allocations.csv, sensitivities.csv, programs.csv and halving.csv.",
      "",
      "Examples:",
      "  macroscope sweep configs/sweeps/quickstart.yaml",
      "  macroscope sweep configs/sweeps/search-mnist.yaml",
      "  macroscope sweep configs/sweeps/quickstart.yaml --shard 2/4",
      "  macroscope sweep configs/sweeps/quickstart.yaml --engine spark --master spark://host:7077",
      "  macroscope sweep configs/sweeps/qsnr-formats.yaml",
      "  macroscope sweep configs/sweeps/gemm-error.yaml",
      "  macroscope sweep configs/sweeps/lut-crossover.yaml"
    })
final class SweepCommand implements Callable<Integer> {

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

  @Option(names = "--restart", description = "Discard what an interrupted run has measured.")
  private boolean restart;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description =
          "Measure the I-th of N parts only, for batch schedulers; it writes no report:"
              + " macroscope merge makes one of all parts.")
  private Optional<Shard> shard = Optional.empty();

  @Mixin private EngineOptions engines;

  @Override
  public Integer call() throws IOException {
    threads.ifPresent(n -> requirePositive("--threads", n));
    limit.ifPresent(n -> requirePositive("--limit", n));
    if (resume && restart) {
      throw new ParameterException(spec.commandLine(), "--resume and --restart exclude each other");
    }
    if (!engines.isLocal() && (threads.isPresent() || shard.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "--threads and --shard divide a sweep by hand; --engine takes neither");
    }
    Optional<MatrixSweepRun> matrices = MatrixSweepRun.of(file);
    if (matrices.isPresent()) {
      return run(matrices.get());
    }
    long start = System.nanoTime();
    SweepLoader sweep = SweepLoader.read(file);
    if (!sweep.searches().searches().isEmpty() && (limit.isPresent() || shard.isPresent())) {
      throw new InputException(
          file.toString(), "a sweep with a search takes neither --limit nor --shard");
    }
    SweepPlan all = limit.map(sweep.plan()::first).orElse(sweep.plan());
    SweepPlan plan = shard.map(all::part).orElse(all);
    Engine engine = engines.engine(plan.name(), () -> threads(sweep));
    Path path = out.orElseGet(() -> SweepOutput.runs().resolve(plan.name() + suffix()));
    String part = shard.map(Shard::toString).orElse("");
    try (RunFolder folder = RunFolder.claim(path, new RunFolder.Owner(sweep.digest(), part))) {
      begin(folder);
      return run(sweep, plan, engine, folder, start);
    }
  }

  private String suffix() {
    return shard.map(s -> "-shard-" + s.number() + "-of-" + s.count()).orElse("");
  }

  /** Hours of work are not thrown away for a flag that was forgotten. */
  private void begin(RunFolder folder) throws IOException {
    if (!resume && !restart && folder.isUnfinished()) {
      throw new InputException(
          folder.path().toString(),
          "holds what an interrupted run has measured; --resume goes on from there, --restart"
              + " discards it");
    }
    if (resume) {
      folder.begin();
    } else {
      folder.restart();
    }
  }

  /** Quick enough to need no journal. */
  private int run(MatrixSweepRun matrices) throws IOException {
    if (limit.isPresent() || resume || restart || shard.isPresent() || engines.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "A sweep over matrices takes --out and --threads only, not --limit, --resume, --restart,"
              + " --shard or --engine");
    }
    int most = threads.orElse(Runtime.getRuntime().availableProcessors());
    matrices.run(out, SweepOutput.runs(), most, spec.commandLine().getOut());
    return 0;
  }

  private int run(SweepLoader sweep, SweepPlan plan, Engine engine, RunFolder folder, long start)
      throws IOException {
    SweepOutput output = new SweepOutput(sweep, command(), spec.commandLine().getOut());
    try (Journal journal = Journal.open(folder.journal());
        ProgressLine progress = new ProgressLine();
        Interruption interruption = new Interruption(journal::size, folder.path())) {
      String code = CodeVersion.current();
      SweepEngine sweeps = new SweepEngine(engine, code, journal, progress, interruption);
      SearchResult result =
          new SearchRun(sweeps).run(new SearchPlan(plan, sweep.searches().searches()));
      progress.end();
      if (result.sweep().isInterrupted()) {
        return interrupted(output, result, journal, folder, start);
      }
      if (shard.isPresent()) {
        output.writePart(shard.get(), result.sweep(), journal, folder, start);
      } else {
        output.write(result, journal, folder, start);
      }
      return 0;
    }
  }

  /** A part of a sweep has no report, and neither has a sweep of which nothing is measured. */
  private int interrupted(
      SweepOutput output, SearchResult result, Journal journal, RunFolder folder, long start)
      throws IOException {
    if (shard.isEmpty() && !result.sweep().evaluations().isEmpty()) {
      output.write(result, journal, folder, start);
    }
    spec.commandLine().getErr().println(Interruption.message(journal.size(), folder.path()));
    return Interruption.EXIT_CODE;
  }

  private int threads(SweepLoader sweep) {
    return threads.or(sweep::threads).orElse(Runtime.getRuntime().availableProcessors());
  }

  /** What repeats the run. The number of threads and the folder change nothing in it. */
  private String command() {
    return "./macroscope sweep " + file + limit.map(n -> " --limit " + n).orElse("");
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': must be at least 1: " + value);
    }
  }
}
