package macroscope.cost;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A quantity against the technology node: straight lines between published points on logarithmic axes.
 *
 * @param points value by nanometres, at least two
 * @param source who published them
 * @param provenance how far they can be trusted
 */
record NodeCurve(NavigableMap<Double, Double> points, String source, Provenance provenance) {

  NodeCurve(Map<Double, Double> points, String source, Provenance provenance) {
    this(new TreeMap<>(points), source, provenance);
  }

  /** The value at a node over that at another; both within the points. */
  double ratio(double from, double to) {
    return at(to) / at(from);
  }

  private double at(double nanometres) {
    Map.Entry<Double, Double> below = points.floorEntry(nanometres);
    Map.Entry<Double, Double> above = points.ceilingEntry(nanometres);
    if (below == null || above == null) {
      throw new IllegalArgumentException(
          "node must be " + points.firstKey() + ".." + points.lastKey() + " nm: " + nanometres);
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double share =
        Math.log(nanometres / below.getKey()) / Math.log(above.getKey() / below.getKey());
    return below.getValue() * Math.pow(above.getValue() / below.getValue(), share);
  }
}
