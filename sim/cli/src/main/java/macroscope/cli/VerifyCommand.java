package macroscope.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import macroscope.config.MachineCatalogue;
import macroscope.report.VerificationJson;
import macroscope.verify.FileReport;
import macroscope.verify.TimedMachines;
import macroscope.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: holds the models against vectors and measurements from outside. */
@Command(
    name = "verify",
    description = {
      "Replays vectors and measurements from outside against the models.",
      "Kinds of files are told by their CSV header; plain and gzip'd files are read."
    },
    footer = {
      "",
      "Of measured kinds the mean and the largest error are printed, and whether they",
      "are within what a row says of its uncertainty and what a table of README.md",
      "beside the file states: file, mean error at most, largest error at most.",
      "",
      "Exit code 0 if no row failed, none was unsupported and stated bounds hold, 1",
      "otherwise, 2 if a file is malformed.",
      "",
      "Example:",
      "  macroscope verify --failures 3 sim/core/src/test/resources/vectors/decode.csv"
    })
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Vector files (CSV).")
  private List<Path> files;

  @Option(
      names = "--failures",
      paramLabel = "N",
      defaultValue = "10",
      description = "Describe the first N failed rows of a file (default: ${DEFAULT-VALUE}).")
  private int failures;

  @Option(
      names = "--networks",
      paramLabel = "DIR",
      description = {
        "Where networks and data of accuracies lie: NAME.onnx, eval-SPLIT.txt, wordnet-SPLIT.tsv,",
        "mnist-SPLIT-images-idx3-ubyte.gz, NAME-SPLIT.npz (default: beside their file)."
      })
  private Optional<Path> networks = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (failures < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--failures': must be 0 or more: " + failures);
    }
    int threads = Runtime.getRuntime().availableProcessors();
    List<FileReport> reports;
    try (BytesBar bar = new BytesBar("verify", files)) {
      reports =
          Verifier.of(FittedTechnologies.installed(), timed(), networks, threads, failures)
              .verify(files, bar::read);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? VerificationJson.of(reports) + "\n" : VerificationTable.of(reports));
    out.flush();
    return reports.stream().allMatch(FileReport::holds) ? 0 : 1;
  }

  /** The installed machines whose times are predicted. */
  static TimedMachines timed() {
    return TimedMachines.of(MachineCatalogue.gpus(), MachineCatalogue.cores());
  }
}
