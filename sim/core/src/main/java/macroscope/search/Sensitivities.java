package macroscope.search;

import java.util.ArrayList;
import java.util.List;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Evaluation;
import macroscope.sweep.Objective;
import macroscope.sweep.Workload;

/**
 * What each choice for each layer adds to a network's loss when all other layers stay in float: the
 * measured degradation that AdaQuant's integer program sums (Hubara et al., arXiv 2006.10518).
 *
 * @param layers names of the layers
 * @param choices the choices, as points whose layers all have them
 * @param metric that was measured, in its paired form
 * @param samples that the losses were measured on
 * @param data what they are of
 * @param values by layer, then by choice
 */
public record Sensitivities(
    List<String> layers,
    List<DesignPoint> choices,
    Objective metric,
    int samples,
    String data,
    List<List<Loss>> values) {

  /**
   * The loss that a choice for a layer adds.
   *
   * @param value less is better; infinite where the network's outputs are not finite
   * @param standardError over samples
   */
  public record Loss(double value, double standardError) {}

  public Sensitivities {
    layers = List.copyOf(layers);
    choices = List.copyOf(choices);
    values = values.stream().map(List::copyOf).toList();
  }

  /**
   * Measures them on the network's calibration data.
   *
   * @param measured the search that asks
   */
  static Sensitivities of(SpaceSearch measured) {
    SearchSpace space = measured.space();
    Workload learning = space.workload().onCalibrationData();
    SearchSpace onCalibration =
        new SearchSpace(space.choices().stream().map(point -> point.on(learning)).toList());
    List<DesignPoint> points = new ArrayList<>();
    for (int layer = 0; layer < space.layers().size(); layer++) {
      for (int choice = 0; choice < space.choices().size(); choice++) {
        points.add(onCalibration.alone(layer, choice, measured.search().name()));
      }
    }
    List<Evaluation> evaluations = measured.evaluateAside(points);
    Objective metric = Paired.of(measured.search().quality());
    List<List<Loss>> values = new ArrayList<>();
    for (int layer = 0; layer < space.layers().size(); layer++) {
      int from = layer * space.choices().size();
      values.add(
          evaluations.subList(from, from + space.choices().size()).stream()
              .map(e -> loss(metric, e))
              .toList());
    }
    return new Sensitivities(
        space.layers(),
        space.choices(),
        metric,
        learning.data().size(),
        learning.data().name(),
        values);
  }

  private static Loss loss(Objective quality, Evaluation evaluation) {
    return quality
        .value()
        .apply(evaluation)
        .map(m -> new Loss(quality.direction().canonical(m.value()), m.standardError()))
        .orElse(new Loss(Double.POSITIVE_INFINITY, 0));
  }

  /** The losses alone. */
  List<List<Double>> losses() {
    return values.stream().map(row -> row.stream().map(Loss::value).toList()).toList();
  }
}
