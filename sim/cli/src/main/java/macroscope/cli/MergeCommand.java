package macroscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.SweepKind;
import macroscope.config.SweepLoader;
import macroscope.input.InputException;
import macroscope.report.Journal;
import macroscope.report.RunFolder;
import macroscope.report.Shards;
import macroscope.search.SearchResult;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.Measurement;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.SweepObserver;
import macroscope.sweep.SweepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge}: makes the report of a sweep from what its shards have measured. */
@Command(
    name = "merge",
    description = {
      "Makes the report of a sweep from the runs of its shards: the same bytes as one run of the whole",
      "sweep writes. It measures nothing. Runs that contradict each other, that another build has made",
      "or that leave a measurement out are refused, and nothing is written."
    },
    footer = {
      "",
      "Examples:",
      "  macroscope sweep configs/sweeps/quickstart.yaml --shard 1/2 --out a",
      "  macroscope sweep configs/sweeps/quickstart.yaml --shard 2/2 --out b",
      "  macroscope merge configs/sweeps/quickstart.yaml a b --out whole"
    })
final class MergeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE.yaml", description = "The design space.")
  private Path file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "DIR", description = "Folders of runs.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write to (default: reports/runs/NAME of the sweep).")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    if (SweepKind.of(file) != SweepKind.DESIGNS) {
      throw new InputException(file.toString(), "a sweep without designs has no shards");
    }
    SweepLoader sweep = SweepLoader.read(file);
    if (!sweep.searches().searches().isEmpty()) {
      throw new InputException(file.toString(), "a sweep with a search has no shards");
    }
    Map<String, Measurement> measured = measured(sweep);
    Path path = out.orElseGet(() -> SweepOutput.runs().resolve(sweep.plan().name()));
    try (RunFolder folder = RunFolder.claim(path, RunFolder.Owner.ofAll(sweep.digest()))) {
      folder.restart();
      try (Journal journal = Journal.open(folder.journal())) {
        measured.forEach(journal::keep);
        SweepResult result =
            new SweepEngine(1, CodeVersion.current(), journal, SweepObserver.NONE)
                .run(sweep.plan());
        String command = "./macroscope sweep " + file;
        new SweepOutput(sweep, command, spec.commandLine().getOut())
            .write(new SearchResult(result, List.of()), journal, folder, start);
      }
    }
    return 0;
  }

  private Map<String, Measurement> measured(SweepLoader sweep) throws IOException {
    Shards shards =
        new Shards(sweep.digest(), SweepEngine.wanted(sweep.plan(), CodeVersion.current()));
    for (Path run : runs) {
      shards.add(run);
    }
    return shards.complete(file.toString());
  }
}
