package macroscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import macroscope.config.UnitNames;
import macroscope.input.InputException;
import macroscope.rtl.Icarus;
import macroscope.rtl.RtlFolder;
import macroscope.rtl.Stimulus;
import macroscope.rtl.Twin;
import macroscope.rtl.Twins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtl}: the Verilog twin of a unit. */
@Command(
    name = "rtl",
    description = "The Verilog twin of a unit: writes it, simulates it against the Java model.",
    subcommands = {RtlCommand.Emit.class, RtlCommand.Simulate.class},
    footer = {
      "",
      "Example:",
      "  macroscope rtl simulate integer_mac:a=int8,length=8,accumulator_bits=26"
    })
final class RtlCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand: emit or simulate");
  }

  /** Which unit, and the vectors that it is driven with. */
  static final class Vectors {

    @Parameters(
        paramLabel = "UNIT",
        description = "A unit, as for units; family:key=value,... spells one.")
    private String unit;

    @Option(
        names = "--sums",
        paramLabel = "N",
        defaultValue = "1000",
        description = "Sums to compute, of one to a few passes (default: ${DEFAULT-VALUE}).")
    private int sums;

    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "1",
        description = "Seed of the operands (default: ${DEFAULT-VALUE}).")
    private long seed;

    Twin twin() {
      return Twins.of(UnitNames.find(unit));
    }

    Stimulus stimulus(Twin twin) {
      if (sums < 1 || sums > 1_000_000) {
        throw new InputException("--sums", "must be 1..1000000: " + sums);
      }
      return twin.stimulus(seed, sums);
    }
  }

  @Command(
      name = "emit",
      description = {
        "Writes the configured module, a testbench and vectors with the results of the Java model.",
        "Files of the same names are replaced."
      },
      footer = {
        "",
        "Example:",
        "  macroscope rtl emit integer_mac:a=int8,length=8,accumulator_bits=26 --out int8-dot"
      })
  static final class Emit implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Vectors vectors;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
    private Path out;

    @Override
    public Integer call() throws IOException {
      Twin twin = vectors.twin();
      Stimulus stimulus = vectors.stimulus(twin);
      RtlFolder.write(twin, stimulus, out);
      PrintWriter printer = spec.commandLine().getOut();
      printer.printf("%s: module %s in %s%n", twin.name(), twin.design().module(), out);
      printer.printf("%d results of the Java model in expected.hex%n", stimulus.outputs().size());
      printer.flush();
      return 0;
    }
  }

  @Command(
      name = "simulate",
      description = {
        "Simulates the twin with Icarus Verilog and compares the bits and the clock cycle of every",
        "result with the Java model. Exit code 1 if one differs."
      },
      footer = {
        "",
        "Example:",
        "  macroscope rtl simulate integer_mac:a=int8,length=8,accumulator_bits=26"
      })
  static final class Simulate implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Vectors vectors;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Folder to keep sources and vectors in (default: none are kept).")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException {
      Twin twin = vectors.twin();
      Stimulus stimulus = vectors.stimulus(twin);
      Icarus.Comparison comparison = simulated(twin, stimulus);
      PrintWriter printer = spec.commandLine().getOut();
      printer.printf(
          "%s: %d of %d results, %d wrong; latency %d, interval %d cycles%n",
          twin.name(),
          comparison.results(),
          comparison.expected(),
          comparison.wrong(),
          twin.pipeline().latency(),
          twin.pipeline().initiationInterval());
      if (!comparison.log().isEmpty()) {
        printer.println(comparison.log());
      }
      printer.flush();
      return comparison.equal() ? 0 : 1;
    }

    private Icarus.Comparison simulated(Twin twin, Stimulus stimulus) throws IOException {
      if (out.isPresent()) {
        RtlFolder.write(twin, stimulus, out.get());
        return Icarus.simulate(out.get());
      }
      Path folder = Files.createTempDirectory("macroscope-rtl");
      try {
        RtlFolder.write(twin, stimulus, folder);
        return Icarus.simulate(folder);
      } finally {
        delete(folder);
      }
    }

    private static void delete(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
