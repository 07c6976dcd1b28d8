package macroscope.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import macroscope.input.InputException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line on standard error for whatever goes wrong, and the exit code for it. */
final class Failures {
  private Failures() {}

  /** Arguments that the command line does not have, or cannot read: exit code 2. */
  static int wrongArguments(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    StringBuilder line = new StringBuilder(oneLine(String.valueOf(exception.getMessage())));
    if (exception instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(suggestion -> line.append("; did you mean ").append(suggestion).append('?'));
    }
    line.append(" (see '").append(command.getCommandSpec().qualifiedName()).append(" --help')");
    print(command, line.toString());
    return ExitCode.USAGE;
  }

  /** A command that threw: exit code 2 if what the user gave is to blame, else 1. */
  static int failed(Exception exception, CommandLine command, ParseResult parsed) {
    Throwable cause = unwrapped(exception);
    print(command, message(cause));
    Macroscope root = (Macroscope) command.getCommandSpec().root().userObject();
    if (root.debug()) {
      exception.printStackTrace(command.getErr());
    }
    return blamesInput(cause) ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** Models refuse their arguments at construction, with name, value and rule. */
  private static boolean blamesInput(Throwable cause) {
    return cause instanceof InputException
        || cause instanceof IllegalArgumentException
        || cause instanceof FileSystemException;
  }

  private static Throwable unwrapped(Exception exception) {
    boolean wraps = exception instanceof UncheckedIOException;
    Throwable cause = exception.getCause();
    return wraps && cause != null ? cause : exception;
  }

  private static String message(Throwable cause) {
    if (cause instanceof NoSuchFileException e) {
      return "no such file: " + e.getFile();
    }
    if (cause instanceof AccessDeniedException e) {
      return "permission denied: " + e.getFile();
    }
    String message = cause.getMessage();
    if (blamesInput(cause) && message != null) {
      return oneLine(message);
    }
    return oneLine("internal error: " + cause) + " (--debug shows where)";
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static void print(CommandLine command, String message) {
    command.getErr().println("macroscope: " + message);
    command.getErr().flush();
  }
}
