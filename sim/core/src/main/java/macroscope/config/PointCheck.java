package macroscope.config;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import macroscope.accuracy.FittedFormat;
import macroscope.accuracy.Quantization;
import macroscope.cost.MissingPriceException;
import macroscope.format.RoundingMode;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.FrontRequest;
import macroscope.sweep.Hardware;
import macroscope.sweep.Measurement;
import macroscope.sweep.Objective;
import macroscope.sweep.Objectives;
import macroscope.sweep.Workload;
import macroscope.sweep.Yardstick;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.unit.DotProductUnit;
import macroscope.unit.LookupCounts;
import macroscope.unit.ScaledGemm;
import macroscope.unit.SramTableSpec;
import macroscope.unit.SwitchingActivity;
import macroscope.unit.Units;
import macroscope.workload.Gemm;
import macroscope.workload.LinearLayer;

/** Refuses points that cannot be evaluated, or that a front asks what they do not have. */
final class PointCheck {

  private final Yardstick yardstick;
  private final List<FrontRequest> fronts;
  private final Map<String, Place> seen = new HashMap<>();
  private final Set<String> runnable = new HashSet<>();

  PointCheck(Yardstick yardstick, List<FrontRequest> fronts) {
    this.yardstick = yardstick;
    this.fronts = fronts;
  }

  /**
   * Lets a point pass.
   *
   * @param place where its unit stands
   */
  void accept(DesignPoint point, Place place) {
    Place earlier = seen.put(point.identity(), place);
    if (earlier != null) {
      throw refusal(point, place, "the same design stands at " + earlier);
    }
    if (runnable.add(point.numerics())) {
      requireRunnable(point, place);
    }
    requireObjectives(point, place);
  }

  static String combination(String block, TensorFormat weights, TensorFormat activations) {
    return "block '" + block + "', " + weights.name() + " x " + activations.name() + ": ";
  }

  private static RuntimeException refusal(DesignPoint point, Place place, String reason) {
    return place.refuse(
        combination(point.block(), point.weights(), point.activations())
            + point.unit().name()
            + ": "
            + reason);
  }

  /** Multiplies one row by one column of every length that the network has. */
  private static void requireRunnable(DesignPoint point, Place place) {
    try {
      DotProductUnit<?> unit = Units.create(point.unit());
      int[] depths = point.workload().gemms().stream().mapToInt(Gemm::k).distinct().toArray();
      for (int depth : depths) {
        multiply(unit, point.quantization(unit), depth);
      }
      requireRunnableLayers(point, unit);
      if (point.workload().activity()) {
        new SwitchingActivity(unit, point.activations().element(), point.weights().element());
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refusal(point, place, String.valueOf(e.getMessage()));
    }
  }

  private static void requireRunnableLayers(DesignPoint point, DotProductUnit<?> unit) {
    if (point.layers().isEmpty()) {
      return;
    }
    if (point.workload().activity() || point.unit() instanceof SramTableSpec) {
      throw new IllegalArgumentException(
          "toggles and lookups are not counted where layers have something of their own");
    }
    Quantization all = point.quantization(unit);
    for (LinearLayer layer : point.workload().linearLayers()) {
      Quantization own = all.of(layer.node());
      own.unit().ifPresent(u -> multiply(u, own, layer.gemm().k()));
    }
  }

  private static <P> void multiply(DotProductUnit<P> unit, Quantization point, int depth) {
    double[] ones = new double[depth];
    Arrays.fill(ones, 1);
    ScaledGemm<P> gemm = new ScaledGemm<>(unit);
    TensorFormat weights = FittedFormat.of(point.weights(), ones, depth);
    EncodedMatrix left = Quantizer.quantize(point.activations(), ones, 1, depth);
    Quantizer quantizer = new Quantizer(weights, RoundingMode.TIES_TO_EVEN);
    EncodedMatrix right =
        left.order()
            .map(order -> quantizer.quantizeIn(order, ones, 1, depth))
            .orElseGet(() -> quantizer.quantize(ones, 1, depth));
    gemm.multiply(gemm.prepareA(left), gemm.prepareB(right));
  }

  private void requireObjectives(DesignPoint point, Place place) {
    Evaluation priced = priced(point, place);
    for (FrontRequest front : fronts) {
      if (front.covers(point)) {
        requireObjective(front.quality(), priced, place);
        requireObjective(front.cost(), priced, place);
        front.limits().forEach(limit -> requireObjective(limit.objective(), priced, place));
      }
    }
  }

  /** The point with its hardware; nothing is measured yet. */
  private Evaluation priced(DesignPoint point, Place place) {
    try {
      Optional<LookupCounts> worst =
          Optional.of(point.unit())
              .filter(SramTableSpec.class::isInstance)
              .map(unit -> ((SramTableSpec) unit).worst());
      Measurement nothing = Measurement.pending(worst, point.workload().activity());
      return new Evaluation(1, point, Hardware.of(point, yardstick, worst), nothing);
    } catch (IllegalArgumentException | MissingPriceException e) {
      throw refusal(point, place, String.valueOf(e.getMessage()));
    }
  }

  private static void requireObjective(Objective objective, Evaluation priced, Place place) {
    String asks = "a front asks for " + objective.name() + ", but ";
    Workload workload = priced.point().workload();
    if (!objective.tasks().contains(workload.model().task())) {
      throw refusal(
          priced.point(), place, asks + "the task of " + workload.name() + " has no such metric");
    }
    if (!objective.sampled()
        && !priced.point().layers().isEmpty()
        && !Objectives.isOfLayers(objective.name())) {
      throw refusal(
          priced.point(),
          place,
          asks + "it is not told of layers with formats or units of their own");
    }
    if (!objective.sampled() && objective.value().apply(priced).isEmpty()) {
      List<String> missing = priced.hardware().missing();
      String reason =
          missing.isEmpty()
              ? "it is not counted: the unit has none, or the sweep needs activity: true"
              : String.join(", ", missing);
      throw refusal(priced.point(), place, asks + reason);
    }
  }
}
