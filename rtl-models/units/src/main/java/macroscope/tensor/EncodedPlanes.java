package macroscope.tensor;

import java.util.List;

/**
 * A matrix as bit planes of -1 and 1 with a factor each.
 *
 * @param coding number of planes, what shares factors, whether there is an offset
 * @param rows rows
 * @param columns K
 * @param signs row by row, an element's digits: bit j is set where plane j has 1
 * @param factors by plane, those of all groups as {@link Extent#index} numbers them; the offsets last
 */
public record EncodedPlanes(
    Coding.BinaryCoded coding, int rows, int columns, byte[] signs, List<double[]> factors) {

  public EncodedPlanes {
    factors = List.copyOf(factors);
    int groups = coding.extent().count(rows, columns);
    if (signs.length != rows * columns
        || factors.size() != coding.factors()
        || factors.stream().anyMatch(plane -> plane.length != groups)) {
      throw new IllegalArgumentException(
          "digits must number " + rows * columns + ", factors of a plane " + groups);
    }
  }

  /** The group that an element belongs to. */
  public int group(int row, int column) {
    return coding.extent().index(row, column, columns);
  }

  /** The value of every element, row-major: the planes in order, then the offset, added in binary64. */
  public double[] decode() {
    double[] values = new double[signs.length];
    for (int i = 0; i < values.length; i++) {
      int group = group(i / columns, i % columns);
      double sum = 0;
      for (int plane = 0; plane < factors.size(); plane++) {
        boolean one = plane == coding.planes() || (signs[i] >> plane & 1) != 0;
        double factor = factors.get(plane)[group];
        sum += one ? factor : -factor;
      }
      values[i] = sum;
    }
    return values;
  }
}
