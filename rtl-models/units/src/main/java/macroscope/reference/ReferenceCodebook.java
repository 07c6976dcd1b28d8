package macroscope.reference;

import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.EncodedVectors;
import macroscope.unit.CodebookSpec;

/** Vectors looked up one by one, finite numbers; every operation is an exact result rounded once. */
public final class ReferenceCodebook {

  private final CodebookSpec spec;
  private final RoundedArithmetic real = new RoundedArithmetic(Formats.BINARY32);
  private final RoundedArithmetic stored;
  private final RoundedArithmetic table;

  public ReferenceCodebook(CodebookSpec spec) {
    this.spec = spec;
    this.stored = new RoundedArithmetic(spec.stored());
    this.table = new RoundedArithmetic(spec.table());
  }

  /**
   * {@code c + sum of a_k * b_k} over some vectors of a row.
   *
   * @param a codes of the activations
   * @param b weights with their scales
   * @param row of the weights
   * @param fromK first k, that of a vector
   * @param toK one past the last k
   * @param c code of a binary32 number
   */
  public long dot(long[] a, EncodedMatrix b, int row, int fromK, int toK, long c) {
    EncodedVectors vectors = b.vectors().orElseThrow();
    double sum = Formats.BINARY32.decodeDouble(c);
    int perRow = vectors.format().vectors(b.columns());
    for (int k = fromK; k < toK; k += spec.dimension()) {
      int vector = k / spec.dimension();
      double scale = b.scale(row, k);
      sum =
          spec.form() == CodebookSpec.Form.DECODE
              ? decode(a, vectors, row * perRow + vector, vector, scale, sum)
              : lookUp(a, vectors, row * perRow + vector, vector, sum);
    }
    return Formats.BINARY32.encodeDouble(sum, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private double activation(long[] a, int k) {
    NumberFormat format = spec.a();
    return k < a.length ? format.decodeDouble(a[k]) : 0;
  }

  private double entry(EncodedVectors b, int stage, int at, int element) {
    return b.format().stages().get(stage).element(b.indices().get(stage)[at], element);
  }

  private double decode(
      long[] a, EncodedVectors b, int at, int vector, double scale, double start) {
    double sum = start;
    for (int element = 0; element < spec.dimension(); element++) {
      double weight = entry(b, 0, at, element);
      for (int stage = 1; stage < b.indices().size(); stage++) {
        weight = stored.add(weight, entry(b, stage, at, element));
      }
      if (spec.scale() == CodebookSpec.Scale.BEFORE) {
        weight = stored.multiply(weight, stored.round(scale));
      }
      sum = real.fma(activation(a, vector * spec.dimension() + element), weight, sum);
    }
    return sum;
  }

  private double lookUp(long[] a, EncodedVectors b, int at, int vector, double start) {
    double sum = start;
    for (int stage = 0; stage < b.indices().size(); stage++) {
      double product = 0;
      for (int element = 0; element < spec.dimension(); element++) {
        double x = activation(a, vector * spec.dimension() + element);
        product = real.fma(x, entry(b, stage, at, element), product);
      }
      sum = real.add(sum, table.round(product));
    }
    return sum;
  }
}
