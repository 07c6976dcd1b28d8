package macroscope.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import macroscope.hardware.Widths;

/**
 * Exact search for the nearest of many vectors: by the sum of squared differences in double precision,
 * first element to last; of equal ones the first.
 *
 * <p>A tree of boxes, each cut in two at the median of its longest side, leaves out what cannot be
 * nearer (Friedman, Bentley and Finkel, ACM TOMS 3, 1977). Rounding loses nothing: the distance to a box
 * is added up in the same order as that to a vector inside, from terms that are no larger, and rounding
 * is monotone.
 */
public final class NearestVectors {

  /** Most vectors of a leaf: so many are compared faster than two more boxes. */
  private static final int LEAF = 64;

  private final int dimension;
  private final double[] entries;
  private final int[] order;
  private final int[] ends;
  private final int[] right;
  private final double[] boxes;
  private int nodes;

  /**
   * What was found.
   *
   * @param index of the nearest vector
   * @param distance the sum of squared differences
   */
  public record Match(int index, double distance) {}

  /**
   * The tree of some vectors.
   *
   * @param dimension elements of a vector
   * @param vectors one after the other, at least one, without NaN; not kept
   */
  public NearestVectors(int dimension, double[] vectors) {
    this.dimension = Widths.positive("dimension", dimension);
    int count = Widths.positive("vectors", vectors.length / dimension);
    // A cut leaves each half at least LEAF / 2 vectors.
    int most = Math.max(1, 4 * count / LEAF);
    ends = new int[most];
    right = new int[most];
    boxes = new double[2 * most * dimension];
    Integer[] sorted = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    build(vectors, sorted, 0, count);
    order = Arrays.stream(sorted).mapToInt(i -> i).toArray();
    entries = new double[dimension * count];
    for (int i = 0; i < dimension; i++) {
      for (int v = 0; v < count; v++) {
        entries[i * count + v] = vectors[order[v] * dimension + i];
      }
    }
  }

  /** Makes a node of {@code sorted[from..to)}, whose left child is the next one. */
  private int build(double[] vectors, Integer[] sorted, int from, int to) {
    int node = nodes++;
    int side = bound(vectors, sorted, from, to, node);
    ends[node] = to;
    if (to - from > LEAF) {
      Arrays.sort(sorted, from, to, Comparator.comparingDouble(i -> vectors[i * dimension + side]));
      int middle = (from + to) >>> 1;
      build(vectors, sorted, from, middle);
      right[node] = build(vectors, sorted, middle, to);
    }
    return node;
  }

  /** Sets the box of a node, lower and upper end of each side in turn; the longest side. */
  private int bound(double[] vectors, Integer[] sorted, int from, int to, int node) {
    int longest = 0;
    double length = -1;
    for (int i = 0; i < dimension; i++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int at = from; at < to; at++) {
        double x = vectors[sorted[at] * dimension + i];
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
      boxes[2 * (node * dimension + i)] = low;
      boxes[2 * (node * dimension + i) + 1] = high;
      if (high - low > length) {
        length = high - low;
        longest = i;
      }
    }
    return longest;
  }

  /** The vector nearest to {@code x[at..at + dimension)}, which has no NaN. */
  public Match nearest(double[] x, int at) {
    Search search = new Search(x, at);
    search.node(0, 0);
    return new Match(search.nearest, search.least);
  }

  /** One search: what is nearest so far. */
  private final class Search {
    private final double[] x;
    private final int start;
    private final double[] sums = new double[LEAF];
    private double least = Double.POSITIVE_INFINITY;
    private int nearest = Integer.MAX_VALUE;

    Search(double[] x, int start) {
      this.x = x;
      this.start = start;
    }

    /** Searches a node whose vectors begin at {@code from}, the nearer child first. */
    void node(int node, int from) {
      if (right[node] == 0) {
        leaf(from, ends[node]);
        return;
      }
      int left = node + 1;
      double toLeft = toBox(left);
      double toRight = toBox(right[node]);
      if (toLeft <= toRight) {
        child(left, from, toLeft);
        child(right[node], ends[left], toRight);
      } else {
        child(right[node], ends[left], toRight);
        child(left, from, toLeft);
      }
    }

    private void child(int node, int from, double distance) {
      if (distance <= least) {
        node(node, from);
      }
    }

    private double toBox(int node) {
      double sum = 0;
      for (int i = 0, side = 2 * node * dimension; i < dimension; i++, side += 2) {
        double value = x[start + i];
        double outside = Math.max(Math.max(boxes[side] - value, value - boxes[side + 1]), 0);
        sum += outside * outside;
      }
      return sum;
    }

    private void leaf(int from, int to) {
      Arrays.fill(sums, 0, to - from, 0);
      for (int i = 0, at = from; i < dimension; i++, at += order.length) {
        addSquares(x[start + i], at, to - from);
      }
      for (int i = 0; i < to - from; i++) {
        if (sums[i] < least || sums[i] == least && order[from + i] < nearest) {
          least = sums[i];
          nearest = order[from + i];
        }
      }
    }

    /** Elements of a leaf's vectors lie side by side, for HotSpot to vectorize. */
    private void addSquares(double value, int at, int count) {
      for (int i = 0; i < count; i++) {
        double difference = value - entries[at + i];
        sums[i] += difference * difference;
      }
    }
  }
}
