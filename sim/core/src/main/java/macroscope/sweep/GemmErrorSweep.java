package macroscope.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import macroscope.accuracy.Dataset;
import macroscope.accuracy.Distribution;
import macroscope.accuracy.GemmError;
import macroscope.accuracy.LayerTensors;
import macroscope.accuracy.Model;
import macroscope.accuracy.OrderedTasks;
import macroscope.accuracy.Progress;
import macroscope.accuracy.QuantizedProduct;
import macroscope.accuracy.RealOperands;
import macroscope.hardware.Widths;
import macroscope.tensor.TensorFormat;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.KulischSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;

/**
 * What units lose of matrix products as K grows: errors of whole products of real and of random
 * operands, against K for named units and against the fraction bits that a fused dot product keeps.
 *
 * @param name of the run and of its folder
 * @param title of the charts
 * @param rows of every product
 * @param columns of every product
 * @param a format of the left operands
 * @param b format of the right operands
 * @param sources where operands come from
 * @param units their errors are drawn against K
 * @param keptBits the same dot product with different numbers of kept bits
 */
public record GemmErrorSweep(
    String name,
    String title,
    int rows,
    int columns,
    TensorFormat a,
    TensorFormat b,
    List<Source> sources,
    NamedUnits units,
    KeptBits keptBits) {

  public GemmErrorSweep {
    Widths.inRange("rows", rows, 2, 1 << 12);
    Widths.inRange("columns", columns, 1, 1 << 12);
    QuantizedProduct.requireScalesOfRows(a);
    QuantizedProduct.requireScalesOfRows(b);
    sources = List.copyOf(sources);
  }

  /** Where the operands of products come from. */
  public sealed interface Source {
    /** For tables and charts. */
    String name();
  }

  /** What is multiplied of a layer. */
  public enum LayerProduct {
    /** Its inputs times its weights. */
    FORWARD,
    /** Second moments of its inputs, K being tokens. */
    INPUT_MOMENTS
  }

  /** A layer of a network. */
  public record Layer(Model model, Dataset data, String layer, LayerProduct product)
      implements Source {
    @Override
    public String name() {
      String what = product == LayerProduct.FORWARD ? "" : " input moments";
      return model.name() + " " + layer + what;
    }

    private RealOperands operands(LayerTensors tensors, int rows, int columns, int depth) {
      return product == LayerProduct.FORWARD
          ? tensors.product(rows, columns, depth)
          : tensors.moments(rows, columns, depth);
    }
  }

  /** Random operands. */
  public record Random(Distribution distribution, long seed) implements Source {
    @Override
    public String name() {
      return distribution.distributionName();
    }
  }

  /**
   * Units by name.
   *
   * @param depths K
   */
  public record NamedUnits(List<Integer> depths, List<Curve> curves) {
    public NamedUnits {
      depths = List.copyOf(depths);
      curves = List.copyOf(curves);
    }
  }

  /**
   * One unit.
   *
   * @param name in tables and legends
   * @param promoteEvery products after which a sum is added to one in binary32; 0 for never
   */
  public record Curve(String name, UnitSpec unit, int promoteEvery) {
    public Curve {
      requirePromotion(promoteEvery, unit);
    }
  }

  /**
   * Fused dot products that differ in the fraction bits that they keep.
   *
   * @param depths K, at most five, which colours can tell apart
   * @param units from the fewest bits to the most
   * @param promotions as for {@link Curve}
   * @param exact what keeps all bits, to end the row
   */
  public record KeptBits(
      List<Integer> depths, List<FusedDotSpec> units, List<Integer> promotions, KulischSpec exact) {
    public KeptBits {
      depths = List.copyOf(depths);
      Widths.inRange("number of depths", depths.size(), 1, 5);
      units = List.copyOf(units);
      promotions = List.copyOf(promotions);
      for (FusedDotSpec unit : units) {
        promotions.forEach(every -> requirePromotion(every, unit));
      }
    }
  }

  private static void requirePromotion(int every, UnitSpec unit) {
    int length = Units.create(unit).length();
    if (every < 0 || every % length != 0) {
      throw new IllegalArgumentException(
          "promotion must come after a multiple of the unit's " + length + " products: " + every);
    }
  }

  /**
   * The error of one unit on one product.
   *
   * @param origin what the operands are, of this depth
   * @param error against the exact product of the quantized operands
   * @param formatError of that product against the one of the operands as they were
   */
  public record Result(
      Source source,
      String origin,
      int depth,
      Curve curve,
      boolean ofKeptBits,
      GemmError error,
      GemmError formatError) {}

  /**
   * Measures every unit on every product: by source, then K, then units in the order of the lists.
   *
   * @param threads products at a time; results do not depend on it
   * @throws IllegalArgumentException if a source has too few rows, or no layer of a name, or a unit
   *     does not hold the formats
   */
  public List<Result> run(int threads, Progress progress) {
    Map<Layer, LayerTensors> layers = capture();
    List<Callable<List<Result>>> tasks = new ArrayList<>();
    TreeSet<Integer> depths = new TreeSet<>(units.depths());
    depths.addAll(keptBits.depths());
    for (Source source : sources) {
      for (int depth : depths) {
        tasks.add(() -> measure(source, operands(source, layers, depth)));
      }
    }
    return OrderedTasks.run(tasks, threads, progress).stream().flatMap(List::stream).toList();
  }

  /** Each network runs once for all of its layers. */
  private Map<Layer, LayerTensors> capture() {
    Map<Model, List<Layer>> byModel =
        sources.stream()
            .filter(Layer.class::isInstance)
            .map(Layer.class::cast)
            .collect(Collectors.groupingBy(Layer::model, LinkedHashMap::new, Collectors.toList()));
    Map<Layer, LayerTensors> captured = new HashMap<>();
    byModel.forEach(
        (model, layers) -> {
          Set<String> names = layers.stream().map(Layer::layer).collect(Collectors.toSet());
          Map<String, LayerTensors> tensors =
              LayerTensors.capture(model, layers.get(0).data(), names, Progress.NONE);
          layers.forEach(
              layer -> captured.put(layer, Objects.requireNonNull(tensors.get(layer.layer()))));
        });
    return captured;
  }

  private RealOperands operands(Source source, Map<Layer, LayerTensors> tensors, int depth) {
    if (source instanceof Layer layer) {
      return layer.operands(Objects.requireNonNull(tensors.get(layer)), rows, columns, depth);
    }
    Random random = (Random) source;
    return RealOperands.random(random.distribution, random.seed, rows, columns, depth);
  }

  private List<Result> measure(Source source, RealOperands operands) {
    QuantizedProduct product = new QuantizedProduct(operands, a, b);
    GemmError formats = product.formatError();
    int depth = operands.depth();
    List<Result> results = new ArrayList<>();
    if (units.depths().contains(depth)) {
      for (Curve curve : units.curves()) {
        GemmError error = product.errorOf(Units.create(curve.unit()), curve.promoteEvery());
        results.add(new Result(source, operands.origin(), depth, curve, false, error, formats));
      }
    }
    if (keptBits.depths().contains(depth)) {
      for (int every : keptBits.promotions()) {
        for (FusedDotSpec unit : keptBits.units()) {
          Curve curve = new Curve(unit.name(), unit, every);
          GemmError error = product.errorOf(Units.create(unit), every);
          results.add(new Result(source, operands.origin(), depth, curve, true, error, formats));
        }
      }
      Curve exact = new Curve(keptBits.exact().name(), keptBits.exact(), 0);
      GemmError error = product.errorOf(Units.create(keptBits.exact()), 0);
      results.add(new Result(source, operands.origin(), depth, exact, true, error, formats));
    }
    return results;
  }

  /** Results by source, in their order. */
  public static Map<Source, List<Result>> bySource(List<Result> results) {
    return results.stream()
        .collect(Collectors.groupingBy(Result::source, LinkedHashMap::new, Collectors.toList()));
  }
}
