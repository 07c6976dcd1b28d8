package macroscope.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command. */
@Command(
    name = "macroscope",
    mixinStandardHelpOptions = true,
    version = "Macroscope 0.1.0",
    description = "Simulates the arithmetic units that multiply matrices, and what they cost.")
public final class Macroscope implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Macroscope()).execute(arguments));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a subcommand is missing");
  }
}
