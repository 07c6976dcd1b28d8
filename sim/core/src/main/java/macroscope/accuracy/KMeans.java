package macroscope.accuracy;

import java.util.Arrays;
import java.util.SplittableRandom;
import macroscope.tensor.NearestVectors;

/**
 * Lloyd's algorithm on vectors from k-means++ centres (Arthur and Vassilvitskii, SODA 2007). Nearest
 * centres are exact: those of seeding by the triangle inequality (Elkan, ICML 2003), later ones by
 * {@link NearestVectors}. A cluster that loses all its points gets the one farthest from its own centre.
 */
final class KMeans {

  private final int dimension;
  private final double[] points;
  private final int count;
  private final double[] centres;
  private final int[] owner;
  private final double[] distance;

  private KMeans(int dimension, double[] points, int clusters) {
    this.dimension = dimension;
    this.points = points;
    count = points.length / dimension;
    centres = new double[clusters * dimension];
    owner = new int[count];
    distance = new double[count];
  }

  /**
   * The centres, one after the other.
   *
   * @param points one after the other, as many as clusters or more; not modified
   * @param iterations at most; fewer if nothing moves
   * @param seed of the choice of first centres; the same seed gives the same centres
   */
  static double[] centres(int dimension, double[] points, int clusters, int iterations, long seed) {
    KMeans means = new KMeans(dimension, points, clusters);
    means.seed(new SplittableRandom(seed));
    for (int i = 0; i < iterations && means.move(); i++) {
      means.assign();
    }
    return means.centres;
  }

  private int clusters() {
    return centres.length / dimension;
  }

  private double squared(double[] x, int at, double[] y, int from) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double difference = x[at + i] - y[from + i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Each next centre is a point with a probability proportional to its squared distance. */
  private void seed(SplittableRandom random) {
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    take(0, random.nextInt(count));
    for (int next = 1; next < clusters(); next++) {
      take(next, draw(random));
    }
  }

  private int draw(SplittableRandom random) {
    double total = 0;
    for (double d : distance) {
      total += d;
    }
    double left = random.nextDouble() * total;
    int last = 0;
    for (int i = 0; i < count; i++) {
      if (distance[i] > 0) {
        last = i;
        left -= distance[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /** Makes a point the centre {@code next} and gives it the points that it is nearer to. */
  private void take(int next, int point) {
    System.arraycopy(points, point * dimension, centres, next * dimension, dimension);
    double[] apart = new double[next];
    for (int other = 0; other < next; other++) {
      apart[other] = squared(centres, other * dimension, centres, next * dimension);
    }
    for (int i = 0; i < count; i++) {
      // Centres further apart than twice the distance to the one: the other is no nearer.
      if (next > 0 && apart[owner[i]] >= 4 * distance[i]) {
        continue;
      }
      double d = squared(points, i * dimension, centres, next * dimension);
      if (d < distance[i]) {
        distance[i] = d;
        owner[i] = next;
      }
    }
  }

  /** Puts each centre in the middle of its points; whether one moved. */
  private boolean move() {
    double[] sums = new double[centres.length];
    int[] sizes = new int[clusters()];
    for (int i = 0; i < count; i++) {
      sizes[owner[i]]++;
      for (int e = 0; e < dimension; e++) {
        sums[owner[i] * dimension + e] += points[i * dimension + e];
      }
    }
    double[] before = centres.clone();
    for (int c = 0; c < sizes.length; c++) {
      int size = sizes[c];
      if (size == 0) {
        moveToFarthest(c);
      } else {
        for (int at = c * dimension; at < (c + 1) * dimension; at++) {
          centres[at] = sums[at] / size;
        }
      }
    }
    return !Arrays.equals(before, centres);
  }

  private void moveToFarthest(int centre) {
    int farthest = 0;
    for (int i = 1; i < count; i++) {
      if (distance[i] > distance[farthest]) {
        farthest = i;
      }
    }
    distance[farthest] = 0;
    System.arraycopy(points, farthest * dimension, centres, centre * dimension, dimension);
  }

  private void assign() {
    NearestVectors search = new NearestVectors(dimension, centres);
    for (int i = 0; i < count; i++) {
      NearestVectors.Match match = search.nearest(points, i * dimension);
      owner[i] = match.index();
      distance[i] = match.distance();
    }
  }
}
