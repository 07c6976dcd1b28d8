package macroscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. Exit codes: 0 done, 1 a check did not hold, 2 the input is wrong. */
@Command(
    name = "macroscope",
    mixinStandardHelpOptions = true,
    version = "Macroscope 0.1.0",
    description = "Simulates the arithmetic units that multiply matrices, and what they cost.",
    scope = ScopeType.INHERIT,
    subcommands = {
      CostCommand.class,
      DecodeCommand.class,
      DevicesCommand.class,
      DiffCommand.class,
      EncodeCommand.class,
      EvaluateCommand.class,
      ExplainCommand.class,
      FitCommand.class,
      FitTimesCommand.class,
      FoldCommand.class,
      FormatsCommand.class,
      GemmCommand.class,
      MachinesCommand.class,
      MergeCommand.class,
      NetworkCommand.class,
      PlatformCommand.class,
      QsnrCommand.class,
      RtlCommand.class,
      SensitivityCommand.class,
      SimulateCommand.class,
      SweepCommand.class,
      TheoryCommand.class,
      UnitsCommand.class,
      VerifyCommand.class
    })
public final class Macroscope implements Runnable {
  /** Columns of help: as many as examples take, so that none is broken within an option. */
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    redirectErrors();
    System.exit(commandLine().execute(arguments));
  }

  /** The program as {@code main} runs it, for tests to run in their own JVM. */
  public static CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(new Macroscope())
            .setParameterExceptionHandler(Failures::wrongArguments)
            .setExecutionExceptionHandler(Failures::failed)
            .setUsageHelpWidth(HELP_WIDTH)
            .setCaseInsensitiveEnumValuesAllowed(true);
    // Its values may be negative: -1.5 is no option.
    Objects.requireNonNull(commandLine.getSubcommands().get("encode"))
        .setUnmatchedOptionsArePositionalParams(true);
    return commandLine;
  }

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand");
  }

  /**
   * Sends {@code System.err} to the file descriptor that the launcher names in {@code
   * macroscope.stderr}. Descriptor 2 passes through a filter there, which hides what the JVM says of
   * its incubator modules but would hold progress lines back. The descriptor is used and not its
   * path in {@code /dev/fd}: opened anew, a file shared with standard output would have two write
   * positions.
   */
  private static void redirectErrors() {
    Integer descriptor = Integer.getInteger("macroscope.stderr");
    if (descriptor == null) {
      return;
    }
    try {
      var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      FileOutputStream stream = new FileOutputStream(constructor.newInstance(descriptor));
      System.setErr(new PrintStream(stream, true, StandardCharsets.UTF_8));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The launcher did not open java.io to us: descriptor 2 serves, through the filter.
      return;
    }
  }
}
