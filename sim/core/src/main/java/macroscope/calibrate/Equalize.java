package macroscope.calibrate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import macroscope.calibrate.NetworkStructure.Pair;

/**
 * Cross-layer equalization (Nagel et al.: Data-Free Quantization Through Weight Equalization and Bias
 * Correction, arXiv 1906.04721, section 4.1): where nothing but ReLU and pooling stands between two
 * layers, output channel i of the first is divided by {@code s_i = sqrt(r1_i r2_i) / r2_i} and the inputs
 * of the second multiplied, r the largest magnitudes of the channel's weights in either layer, again and
 * again until ranges agree. ReLU passes positive factors through, so the float function stays.
 *
 * @param iterations over all pairs
 */
record Equalize(int iterations) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  /** Weights of a layer while factors move. */
  private record Matrix(double[] values, int n, int k) {
    double[] rows() {
      double[] most = new double[n];
      for (int i = 0; i < values.length; i++) {
        most[i / k] = Math.max(most[i / k], Math.abs(values[i]));
      }
      return most;
    }

    /** Of the columns of each of so many channels. */
    double[] columns(int channels) {
      double[] columns = ChannelStatistics.absmax(List.of(values), k);
      int width = k / channels;
      double[] most = new double[channels];
      for (int j = 0; j < k; j++) {
        most[j / width] = Math.max(most[j / width], columns[j]);
      }
      return most;
    }
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    Map<String, Matrix> matrices = new LinkedHashMap<>();
    for (String layer : run.layers()) {
      int[] shape = run.structure().weights(layer).shape();
      double[] w = run.structure().weights(layer).values();
      matrices.put(
          layer, new Matrix(before.of(layer).toQuantize(w, shape[1]).clone(), shape[0], shape[1]));
    }
    List<Pair> pairs =
        run.structure().pairs().stream()
            .filter(p -> matrix(matrices, p.second()).k() % matrix(matrices, p.first()).n() == 0)
            .toList();
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "equalize finds no two layers with nothing but ReLU and pooling between them");
    }
    Map<Pair, double[]> factors = new LinkedHashMap<>();
    for (int i = 0; i < iterations; i++) {
      for (Pair pair : pairs) {
        double[] s = move(matrix(matrices, pair.first()), matrix(matrices, pair.second()));
        factors.merge(pair, s, Equalize::product);
      }
    }
    Calibration[] known = {before};
    factors.forEach(
        (pair, s) -> known[0] = applied(known[0], pair, s, matrix(matrices, pair.second()).k()));
    return known[0];
  }

  private static Matrix matrix(Map<String, Matrix> matrices, String layer) {
    Matrix matrix = matrices.get(layer);
    if (matrix == null) {
      throw new IllegalArgumentException("no linear layer " + layer);
    }
    return matrix;
  }

  /** Equalizes one pair in place; returns what rows of the first were divided by. */
  private static double[] move(Matrix first, Matrix second) {
    double[] s = new double[first.n()];
    double[] rows = first.rows();
    double[] columns = second.columns(s.length);
    for (int i = 0; i < s.length; i++) {
      boolean used = rows[i] > 0 && columns[i] > 0;
      s[i] = used ? Math.sqrt(rows[i] * columns[i]) / columns[i] : 1;
    }
    for (int i = 0; i < first.values().length; i++) {
      first.values()[i] /= s[i / first.k()];
    }
    int width = second.k() / s.length;
    for (int i = 0; i < second.values().length; i++) {
      second.values()[i] *= s[i % second.k() / width];
    }
    return s;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = a.clone();
    Arrays.setAll(product, i -> a[i] * b[i]);
    return product;
  }

  private static Calibration applied(Calibration known, Pair pair, double[] s, int k) {
    double[] columns = new double[k];
    Arrays.setAll(columns, j -> s[j / (k / s.length)]);
    return known
        .with(pair.first(), known.of(pair.first()).scaledOutputs(s))
        .with(pair.second(), known.of(pair.second()).with(new InputStep.Scale(columns), k));
  }
}
