package macroscope.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import macroscope.accuracy.Distribution;
import macroscope.format.RoundingMode;
import macroscope.sweep.QsnrSweep;
import macroscope.tensor.FormatCatalogue;

/**
 * A sweep of formats over random matrices as its YAML file has it; {@code matrices} tells it from a
 * sweep of designs.
 *
 * @param name of the run and of its folder
 * @param title of the charts
 * @param matrices to quantize
 * @param series groups of formats
 */
public record QsnrSweepFile(
    Located<String> name, String title, List<Matrix> matrices, List<Series> series) {

  /**
   * A random matrix.
   *
   * @param distribution as the command {@code qsnr} names it
   * @param seed 1 if missing
   */
  public record Matrix(
      Located<String> distribution, int rows, int columns, Optional<Long> seed, Place place) {}

  /**
   * Formats of one colour.
   *
   * @param formats schemes
   * @param rounding of elements; ties_to_even if missing
   */
  public record Series(
      String name, Optional<RoundingMode> rounding, List<Located<String>> formats) {}

  /** Whether a file is one of these. What is no readable YAML is not. */
  public static boolean isOne(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    return YamlTree.parse(file.toString(), Yaml.text(file)) instanceof YamlNode.Mapping mapping
        && mapping.entries().containsKey("matrices");
  }

  /**
   * Reads a sweep.
   *
   * @throws macroscope.input.InputException naming file, line and key for whatever does not fit
   */
  public static QsnrSweep read(Path path) {
    return Yaml.read(path, QsnrSweepFile.class).sweep();
  }

  private QsnrSweep sweep() {
    if (!name.value().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw name.place().refuse("must be letters, digits, '.', '_' and '-': " + name.value());
    }
    FormatCatalogue formats = FormatFile.catalogue();
    return new QsnrSweep(
        name.value(),
        title,
        matrices.stream().map(QsnrSweepFile::matrix).toList(),
        series.stream().map(s -> series(s, formats)).toList());
  }

  private static QsnrSweep.Matrix matrix(Matrix m) {
    Distribution distribution =
        at(m.distribution.place(), () -> Distribution.byName(m.distribution.value()));
    return at(
        m.place, () -> new QsnrSweep.Matrix(distribution, m.rows, m.columns, m.seed.orElse(1L)));
  }

  private static QsnrSweep.Series series(Series s, FormatCatalogue formats) {
    return new QsnrSweep.Series(
        s.name,
        s.rounding.orElse(RoundingMode.TIES_TO_EVEN),
        s.formats.stream().map(f -> at(f.place(), () -> formats.scheme(f.value()))).toList());
  }

  private static <T> T at(Place place, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw place.refuse(e);
    }
  }
}
