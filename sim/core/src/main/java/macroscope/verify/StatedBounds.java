package macroscope.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.input.InputException;

/**
 * Bounds of errors that {@code README.md} beside a file states: a table whose first three columns are
 * {@code file}, {@code mean error at most} and {@code largest error at most}, in percent; an empty cell is no bound.
 */
final class StatedBounds {

  private static final List<String> HEADER =
      List.of("file", "mean error at most", "largest error at most");

  private StatedBounds() {}

  /** The bound of a file; empty if nothing beside it states one. */
  static Optional<ErrorBound> of(Path file) {
    Path readme = file.resolveSibling("README.md");
    if (!Files.isReadable(readme)) {
      return Optional.empty();
    }
    try {
      return of(
          file, new String(Files.readAllBytes(readme), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new InputException(readme.toString(), "a file that can be read is needed", e);
    }
  }

  private static Optional<ErrorBound> of(Path file, List<String> lines) {
    boolean table = false;
    for (String line : lines) {
      List<String> cells = cells(line);
      table = cells.size() >= HEADER.size() && (table || cells.subList(0, 3).equals(HEADER));
      if (table && cells.get(0).equals(String.valueOf(file.getFileName()))) {
        return Optional.of(new ErrorBound(fraction(cells.get(1)), fraction(cells.get(2))));
      }
    }
    return Optional.empty();
  }

  private static List<String> cells(String line) {
    if (!line.strip().startsWith("|")) {
      return List.of();
    }
    return Arrays.stream(line.strip().substring(1).split("\\|")).map(String::strip).toList();
  }

  private static Optional<Double> fraction(String cell) {
    String number = cell.replaceFirst(" ?%$", "");
    return number.matches("[0-9]+(\\.[0-9]+)?")
        ? Optional.of(Double.parseDouble(number) / 100)
        : Optional.empty();
  }
}
