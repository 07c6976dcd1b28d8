package macroscope.sweep;

import java.util.List;

/** Evaluates design points. Pure: equal points, equal evaluations, whatever else is asked for. */
@FunctionalInterface
public interface PointEvaluator {

  /** The evaluations of points, in their order. */
  List<Evaluation> evaluate(List<DesignPoint> points);
}
