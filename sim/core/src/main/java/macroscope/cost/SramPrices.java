package macroscope.cost;

import java.util.Comparator;
import java.util.List;

/**
 * Energy of an SRAM access as a function of capacity: straight lines between published points on
 * logarithmic axes, and the nearest line continued beyond them.
 *
 * @param points at least two, of different capacities; kept in ascending order
 */
public record SramPrices(List<Point> points) {

  /**
   * A published point.
   *
   * @param bytes capacity
   * @param perBit energy of one bit read or written
   */
  public record Point(long bytes, Price perBit) {
    public Point {
      if (bytes < 1) {
        throw new IllegalArgumentException("bytes must be at least 1: " + bytes);
      }
      if (!(perBit.value() > 0)) {
        throw new IllegalArgumentException("energy of a bit must be above 0: " + perBit.value());
      }
    }
  }

  public SramPrices {
    points = points.stream().sorted(Comparator.comparingLong(Point::bytes)).toList();
    if (points.stream().mapToLong(Point::bytes).distinct().count() < 2
        || points.stream().mapToLong(Point::bytes).distinct().count() < points.size()) {
      throw new IllegalArgumentException("an SRAM needs two or more points, each capacity once");
    }
  }

  /** Price of one bit read from or written to an SRAM of {@code bytes} bytes. */
  public Price perBit(long bytes) {
    for (Point point : points) {
      if (point.bytes() == bytes) {
        return point.perBit();
      }
    }
    int upper = 1;
    while (upper < points.size() - 1 && points.get(upper).bytes() < bytes) {
      upper++;
    }
    return between(points.get(upper - 1), points.get(upper), bytes);
  }

  private static Price between(Point low, Point high, long bytes) {
    Price price = low.perBit();
    double slope =
        Math.log(high.perBit().value() / price.value())
            / Math.log((double) high.bytes() / low.bytes());
    double value = price.value() * Math.pow((double) bytes / low.bytes(), slope);
    String source =
        price.source() + "; between or beyond " + low.bytes() + " and " + high.bytes() + " bytes";
    return new Price(value, price.unit(), price.node(), price.volts(), source, Provenance.FITTED);
  }
}
