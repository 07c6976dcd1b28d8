package macroscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.sweep.Evaluation;
import macroscope.sweep.FrontResult;
import macroscope.sweep.Measure;
import macroscope.sweep.Objective;
import macroscope.sweep.ParetoFront;

/**
 * How much better a member of a front is than the next cheaper one, and how sure that is.
 *
 * @param better by so much, positive, in the unit of the quality
 * @param standardError of that difference: from the paired differences of both to the float run where
 *     the task has them. Both see the same samples, which makes this an upper bound as long as their
 *     errors are not anticorrelated
 */
record Gain(double better, double standardError) {

  /** Whether the difference exceeds two standard errors. */
  boolean clear() {
    return better > 2 * standardError;
  }

  /** The gain of each member of a front over the one before; the first has none. */
  static List<Optional<Gain>> of(FrontResult front) {
    List<Optional<Gain>> gains = new ArrayList<>();
    Optional<Evaluation> cheaper = Optional.empty();
    for (ParetoFront.Member<Evaluation> member : front.front().members()) {
      Evaluation one = member.first();
      gains.add(cheaper.map(other -> between(front.request().quality(), other, one)));
      cheaper = Optional.of(one);
    }
    return gains;
  }

  private static Gain between(Objective quality, Evaluation cheaper, Evaluation better) {
    double gain = Math.abs(value(quality, better).value() - value(quality, cheaper).value());
    return new Gain(gain, Math.hypot(pairedError(quality, cheaper), pairedError(quality, better)));
  }

  private static Measure value(Objective quality, Evaluation evaluation) {
    return quality.value().apply(evaluation).orElseThrow();
  }

  private static double pairedError(Objective quality, Evaluation evaluation) {
    String metric = quality.name().equals("error_rate") ? "accuracy" : quality.name();
    return evaluation
        .metric(metric + "_delta")
        .orElseGet(() -> value(quality, evaluation))
        .standardError();
  }
}
