package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.accuracy.BuiltIn;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Distribution;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;
import macroscope.sweep.GemmErrorSweep;
import macroscope.sweep.GemmErrorSweep.LayerProduct;
import macroscope.tensor.FormatCatalogue;
import macroscope.tensor.TensorFormat;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.KulischSpec;

/**
 * A sweep of errors of matrix products as its YAML file has it; {@code operands} tells it from other
 * sweeps.
 *
 * @param name of the run and of its folder
 * @param title of the charts
 * @param rows of every product
 * @param columns of every product
 * @param a scheme of the left operands, with scales of rows or of the whole matrix
 * @param b scheme of the right operands
 * @param operands where they come from
 * @param units against K
 * @param keptFractionBits against the bits that an alignment keeps
 */
public record GemmErrorFile(
    Located<String> name,
    String title,
    int rows,
    int columns,
    Located<String> a,
    Located<String> b,
    List<Operands> operands,
    NamedUnits units,
    KeptBits keptFractionBits,
    Place place) {

  /** Where operands come from. */
  @Tagged("source")
  public sealed interface Operands {}

  /**
   * A layer of a network that comes with Macroscope.
   *
   * @param samples of its calibration data that run, from the first on
   * @param product forward if missing
   */
  public record Layer(
      Located<String> model, String layer, int samples, Optional<LayerProduct> product, Place place)
      implements Operands {}

  /**
   * Random numbers.
   *
   * @param seed 1 if missing
   */
  public record Random(Located<String> distribution, Optional<Long> seed) implements Operands {}

  /** Units by name and the K at which they are measured. */
  public record NamedUnits(Axis<Integer> depths, List<Curve> curves) {}

  /**
   * A unit.
   *
   * @param unit as every command names it
   * @param promoteEvery products; never if missing
   */
  public record Curve(
      String name, Located<String> unit, Optional<Integer> promoteEvery, Place place) {}

  /**
   * Fused dot products whose results have as many fraction bits as are kept, at most those of
   * binary32; an exact sum that is rounded once ends the row.
   *
   * @param bits fraction bits kept
   * @param length products of a pass
   * @param depths K
   * @param promoteEvery drawn beside no promotion
   */
  public record KeptBits(
      Axis<Integer> bits,
      int length,
      Axis<Integer> depths,
      Optional<Axis<Integer>> promoteEvery,
      Place place) {}

  /**
   * Reads a sweep.
   *
   * @throws macroscope.input.InputException naming file, line and key for whatever does not fit
   */
  public static GemmErrorSweep read(Path path) {
    return Yaml.read(path, GemmErrorFile.class).sweep();
  }

  private GemmErrorSweep sweep() {
    FormatCatalogue formats = FormatFile.catalogue();
    TensorFormat left = a.place().checked(() -> formats.scheme(a.value()));
    TensorFormat right = b.place().checked(() -> formats.scheme(b.value()));
    return place.checked(
        () ->
            new GemmErrorSweep(
                Names.folderName(name),
                title,
                rows,
                columns,
                left,
                right,
                operands.stream().map(GemmErrorFile::source).toList(),
                new GemmErrorSweep.NamedUnits(
                    depths(units.depths), units.curves.stream().map(GemmErrorFile::curve).toList()),
                keptBits(left, right)));
  }

  private static GemmErrorSweep.Source source(Operands operands) {
    if (operands instanceof Layer layer) {
      return layer(layer);
    }
    Random random = (Random) operands;
    Distribution distribution =
        random.distribution.place().checked(() -> Distribution.byName(random.distribution.value()));
    return new GemmErrorSweep.Random(distribution, random.seed.orElse(1L));
  }

  private static GemmErrorSweep.Layer layer(Layer layer) {
    BuiltIn network =
        BuiltIn.byName(layer.model.value())
            .orElseThrow(
                () -> layer.model.place().refuse("no such network: " + layer.model.value()));
    Dataset data = network.calibrationData();
    layer.place.checked(() -> Widths.inRange("samples", layer.samples, 2, data.size()));
    return new GemmErrorSweep.Layer(
        network.model(),
        data.first(layer.samples),
        layer.layer,
        layer.product.orElse(LayerProduct.FORWARD));
  }

  private static GemmErrorSweep.Curve curve(Curve curve) {
    return curve.place.checked(
        () ->
            new GemmErrorSweep.Curve(
                curve.name,
                curve.unit.place().checked(() -> UnitNames.find(curve.unit.value())),
                curve.promoteEvery.orElse(0)));
  }

  private GemmErrorSweep.KeptBits keptBits(TensorFormat left, TensorFormat right) {
    KeptBits swept = keptFractionBits;
    List<Integer> promotions =
        Stream.concat(Stream.of(0), swept.promoteEvery.stream().flatMap(GemmErrorFile::values))
            .toList();
    return swept.place.checked(
        () ->
            new GemmErrorSweep.KeptBits(
                depths(swept.depths),
                values(swept.bits).map(bits -> fused(left, right, swept.length, bits)).toList(),
                promotions,
                exact(left, right, swept.length, depths(swept.depths))));
  }

  private static KulischSpec exact(
      TensorFormat a, TensorFormat b, int length, List<Integer> depths) {
    int most = depths.get(depths.size() - 1);
    return new KulischSpec(
        "exact", floats(a), floats(b), length, Math.max(length, most), Formats.BINARY32);
  }

  private static <T> Stream<T> values(Axis<T> axis) {
    return axis.values().stream().map(Located::value);
  }

  private static List<Integer> depths(Axis<Integer> axis) {
    axis.values().forEach(k -> k.place().checked(() -> Widths.inRange("K", k.value(), 1, 1 << 20)));
    return values(axis).sorted().toList();
  }

  private static FusedDotSpec fused(TensorFormat a, TensorFormat b, int length, int bits) {
    FloatFormat sum = Formats.BINARY32;
    return new FusedDotSpec(
        String.format(Locale.ROOT, "fused L%d F%d", length, bits),
        floats(a),
        floats(b),
        sum,
        length,
        length,
        bits,
        RoundingMode.TOWARD_ZERO,
        Math.min(bits, sum.fractionBits()));
  }

  private static FloatFormat floats(TensorFormat format) {
    if (format.element() instanceof FloatFormat element) {
      return element;
    }
    throw new IllegalArgumentException("elements must be floats: " + format.name());
  }
}
