package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import macroscope.accuracy.Distribution;
import macroscope.accuracy.MatrixFormats;
import macroscope.accuracy.Treatment;
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

  /** Of stochastic rounding and noise. */
  private static final long SEED = 1;

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
   * @param formats schemes, also of formats that are learnt from the matrix
   * @param rounding of elements, or noise in its place; ties_to_even if missing
   */
  public record Series(
      String name, Optional<Located<String>> rounding, List<Located<String>> formats) {}

  /**
   * Reads a sweep.
   *
   * @throws macroscope.input.InputException naming file, line and key for whatever does not fit
   */
  public static QsnrSweep read(Path path) {
    return Yaml.read(path, QsnrSweepFile.class).sweep();
  }

  private QsnrSweep sweep() {
    FormatCatalogue formats = FormatFile.catalogue();
    return new QsnrSweep(
        Names.folderName(name),
        title,
        matrices.stream().map(QsnrSweepFile::matrix).toList(),
        series.stream().map(s -> series(s, formats)).toList());
  }

  private static QsnrSweep.Matrix matrix(Matrix m) {
    Distribution distribution =
        m.distribution.place().checked(() -> Distribution.byName(m.distribution.value()));
    return m.place.checked(
        () -> new QsnrSweep.Matrix(distribution, m.rows, m.columns, m.seed.orElse(1L)));
  }

  private static QsnrSweep.Series series(Series s, FormatCatalogue formats) {
    return new QsnrSweep.Series(
        s.name,
        s.rounding
            .map(r -> r.place().checked(() -> Treatment.named(r.value(), SEED)))
            .orElse(Treatment.NEAREST),
        s.formats.stream()
            .map(f -> f.place().checked(() -> MatrixFormats.parse(f.value(), formats)))
            .toList());
  }
}
