package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MacroscopeTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpGoesToStandardOutput() {
    assertThat(execute(Macroscope.commandLine(), "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: macroscope ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anUnknownOptionIsOneLineAndExitCode2() {
    assertThat(execute(Macroscope.commandLine(), "--helq")).isEqualTo(2);
    assertThat(err.toString())
        .matches("macroscope: Unknown option: '--helq'.* \\(see 'macroscope --help'\\)\\R");
  }

  @Test
  void aMissingSubcommandIsExitCode2() {
    assertThat(execute(Macroscope.commandLine())).isEqualTo(2);
    assertThat(err.toString()).startsWith("macroscope: Missing subcommand");
  }

  @Test
  void wrongInputIsOneLineAndExitCode2() {
    assertThat(executeThrowing(new InputException("a.yaml:3: bits", "must be 1..40: 57")))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("macroscope: a.yaml:3: bits: must be 1..40: 57\n");
  }

  @Test
  void aRefusedArgumentIsWrongInput() {
    assertThat(executeThrowing(new IllegalArgumentException("bits must be 1..40: 57")))
        .isEqualTo(2);
    assertThat(err.toString()).isEqualToNormalizingNewlines("macroscope: bits must be 1..40: 57\n");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(executeThrowing(new UncheckedIOException(new NoSuchFileException("a.npy"))))
        .isEqualTo(2);
    assertThat(err.toString()).isEqualToNormalizingNewlines("macroscope: no such file: a.npy\n");
  }

  @Test
  void anythingElseIsExitCode1AndStillOneLine() {
    assertThat(executeThrowing(new IOException("disk full"))).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "macroscope: internal error: java.io.IOException: disk full (--debug shows where)");
  }

  @Test
  void debugShowsTheStackTrace() {
    assertThat(executeThrowing(new IllegalStateException("odd"), "--debug")).isEqualTo(1);
    assertThat(err.toString()).contains("at macroscope.cli.MacroscopeTest");
  }

  private int executeThrowing(Exception exception, String... options) {
    CommandLine commandLine = Macroscope.commandLine().addSubcommand(new Throwing(exception));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "throw";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return execute(commandLine, arguments);
  }

  private int execute(CommandLine commandLine, String... arguments) {
    return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  @Command(name = "throw")
  private record Throwing(Exception exception) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw exception;
    }
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(MacroscopeTest::commands));
  }

  @Test
  void helpBreaksNoLineOfAnExample() {
    assertThat(commands(Macroscope.commandLine()))
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage().lines())
                    .containsAll(
                        Stream.of(command.getCommandSpec().usageMessage().footer())
                            .filter(line -> line.startsWith("  "))
                            .toList()));
  }
}
