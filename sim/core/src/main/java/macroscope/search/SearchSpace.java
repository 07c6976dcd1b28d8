package macroscope.search;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.accuracy.Datapath;
import macroscope.accuracy.LayerOverride;
import macroscope.accuracy.LayerOverrides;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Workload;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Units;
import macroscope.workload.ProductLayer;

/**
 * All ways to give each layer of a network one of several choices: two formats and the unit that
 * multiplies them. The choices are design points that differ in nothing else; layers are the products
 * that the unit does, in the order of execution.
 */
public final class SearchSpace {

  /** What a layer that stays in float has: binary32 without scales, exact sums. */
  private static final TensorFormat PLAIN = TensorFormats.parse("fp32");

  private final List<DesignPoint> choices;
  private final List<DotProductUnit<?>> units;
  private final List<String> layers;

  /**
   * @param choices points whose layers are all alike, at least one
   * @throws IllegalArgumentException if layers cannot be told apart by name
   */
  public SearchSpace(List<DesignPoint> choices) {
    this.choices = List.copyOf(choices);
    this.units =
        choices.stream().<DotProductUnit<?>>map(point -> Units.create(point.unit())).toList();
    this.layers = workload().products().stream().map(ProductLayer::name).distinct().toList();
    for (String layer : layers) {
      if (layer.isEmpty() || layer.contains("*") || layer.contains("?")) {
        throw new IllegalArgumentException(
            "layers of a search need names without * and ?: '" + layer + "'");
      }
    }
  }

  /** The network with its data. */
  public Workload workload() {
    return choices.get(0).workload();
  }

  /** The choices, as points whose layers all have them. */
  public List<DesignPoint> choices() {
    return choices;
  }

  /** Names of the layers. */
  public List<String> layers() {
    return layers;
  }

  /** Number of allocations. */
  public BigInteger size() {
    return BigInteger.valueOf(choices.size()).pow(layers.size());
  }

  /** All layers alike, for each choice. */
  public List<Allocation> uniform() {
    return IntStream.range(0, choices.size())
        .mapToObj(choice -> Allocation.uniform(layers.size(), choice))
        .toList();
  }

  /** All allocations, the last layer varying fastest. */
  Stream<Allocation> all() {
    int n = choices.size();
    return Stream.iterate(
        Allocation.uniform(layers.size(), 0),
        one -> one.choices().size() == layers.size(),
        one -> next(one, n));
  }

  private static Allocation next(Allocation one, int n) {
    int[] digits = one.choices().stream().mapToInt(Integer::intValue).toArray();
    int at = digits.length - 1;
    while (at >= 0 && digits[at] == n - 1) {
      digits[at--] = 0;
    }
    if (at < 0) {
      return new Allocation(List.of());
    }
    digits[at]++;
    return Allocation.of(digits);
  }

  /**
   * The design point of an allocation. What most layers have is what all have, the others override it,
   * so that equal allocations are equal points and a uniform one is the point of its choice.
   *
   * @param block name of the block of the sweep that it is told to come from
   */
  public DesignPoint point(Allocation allocation, String block) {
    int most = mostFrequent(allocation);
    List<LayerOverride> own = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      if (allocation.of(layer) != most) {
        own.add(override(layers.get(layer), allocation.of(layer)));
      }
    }
    return own.isEmpty() ? choices.get(most) : with(choices.get(most), block, own);
  }

  /** The point in which one layer has a choice and all others stay in float. */
  DesignPoint alone(int layer, int choice, String block) {
    List<LayerOverride> floats = new ArrayList<>();
    for (String other : layers) {
      if (!other.equals(layers.get(layer))) {
        floats.add(
            new LayerOverride(
                other,
                Optional.of(PLAIN),
                Optional.of(PLAIN),
                Optional.of(new Datapath(Optional.empty()))));
      }
    }
    return floats.isEmpty() ? choices.get(choice) : with(choices.get(choice), block, floats);
  }

  private int mostFrequent(Allocation allocation) {
    int[] counts = new int[choices.size()];
    allocation.choices().forEach(choice -> counts[choice]++);
    int most = 0;
    for (int choice = 1; choice < counts.length; choice++) {
      most = counts[choice] > counts[most] ? choice : most;
    }
    return most;
  }

  private LayerOverride override(String layer, int choice) {
    DesignPoint point = choices.get(choice);
    return new LayerOverride(
        layer,
        Optional.of(point.weights()),
        Optional.of(point.activations()),
        Optional.of(new Datapath(Optional.of(units.get(choice)))));
  }

  private static DesignPoint with(DesignPoint base, String block, List<LayerOverride> own) {
    return new DesignPoint(
        block,
        base.workload(),
        base.weights(),
        base.activations(),
        base.calibration(),
        base.unit(),
        new LayerOverrides(own),
        base.machine(),
        base.technology());
  }
}
