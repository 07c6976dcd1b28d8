package macroscope.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code theory}: closed forms of papers on number formats, beside what the papers print. */
@Command(
    name = "theory",
    description =
        "Closed forms of papers on number formats: where integers beat floats, best layouts.",
    subcommands = {CrossoversCommand.class, LayoutsCommand.class})
final class TheoryCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand: crossovers or layouts");
  }
}
