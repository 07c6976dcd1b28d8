package macroscope.unit;

import static macroscope.unit.ActivationTables.ENTRIES;

import macroscope.unit.LookupTableSpec.Aggregation;

/**
 * The lookup-accumulate kernel: adds looked-up entries of one row of activations to the partial sums
 * of every bit plane of every row of weights (tbl.cc of microsoft/T-MAC at 7042f8f).
 *
 * <p>A tile and plane j of a weight row, ActK lookups at a time: v = aggregate of the lookups; t = v *
 * LS for j > 0 and fma(v, LS, LB) for j = 0; the t of a tile added from left to right; partial sum
 * = fma(t, s, partial sum). Zero points: partial sum 0 = fma(z', 2 * (sum of LB), partial sum 0). With
 * one activation scale for all of K the partial sums are the plain integers.
 */
final class LookupAccumulator {

  private final LookupTableSpec spec;
  private final LookupTableArithmetic arithmetic;
  private final PairTables tables;
  private final int planes;
  private final int tileTables;
  private final int groupPairs;
  private final int tileGroups;
  private final float[] scales;
  private final float[] biases;

  LookupAccumulator(LookupTableSpec spec, LookupTableArithmetic arithmetic) {
    this.spec = spec;
    this.arithmetic = arithmetic;
    tables = new PairTables(spec);
    planes = spec.weightBits();
    tileTables = spec.tablesPerCall();
    groupPairs = spec.lookupsPerSum() / 2;
    tileGroups = tileTables / spec.lookupsPerSum();
    scales = new float[tileGroups];
    biases = new float[tileGroups];
  }

  /**
   * Adds tiles {@code fromTile..toTile-1} in the scaled form.
   *
   * @param sums N * planes partial sums, plane by plane within a row of weights
   */
  void accumulate(
      ActivationTables a, int row, WeightPlanes b, int fromTile, int toTile, float[] sums) {
    int[] lookups = new int[sums.length * tileGroups];
    for (int tile = fromTile; tile < toTile; tile++) {
      tables.load(a.entries(), (row * a.tables() + tile * tileTables) * ENTRIES);
      float bias = loadScales(a, row * a.groups() + tile * tileGroups);
      tables.aggregate(b.indices(), tile * tileBytes(b), groupPairs, lookups);
      arithmetic.scale(lookups, scales, biases, planes, b.scales(), tile * b.rows(), sums);
      if (b.hasZeros()) {
        addZeros(b, tile, arithmetic.add(bias, bias), sums);
      }
    }
  }

  /**
   * Adds tiles {@code fromTile..toTile-1} as integers.
   *
   * @param sums N * planes partial sums; 2^20 tiles fit
   */
  void accumulate(
      ActivationTables a, int row, WeightPlanes b, int fromTile, int toTile, int[] sums) {
    int[] lookups = new int[sums.length];
    for (int tile = fromTile; tile < toTile; tile++) {
      tables.load(a.entries(), (row * a.tables() + tile * tileTables) * ENTRIES);
      tables.aggregate(b.indices(), tile * tileBytes(b), groupPairs, lookups);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += lookups[i];
      }
    }
  }

  private int tileBytes(WeightPlanes b) {
    return b.rows() * planes * (tileTables / 2);
  }

  /** The scales and biases of a tile's activation groups; returns the sum of their biases. */
  private float loadScales(ActivationTables a, int firstGroup) {
    float sum = -0.0f;
    for (int g = 0; g < tileGroups; g++) {
      scales[g] = a.scales()[firstGroup + g];
      biases[g] = a.biases()[firstGroup + g];
      sum = arithmetic.add(sum, biases[g]);
      if (spec.aggregation() != Aggregation.EXACT) {
        correct(g);
      }
    }
    return sum;
  }

  /** A tree gives the mean, so that its scale is that of the tables times the lookups. */
  private void correct(int group) {
    int lookups = spec.lookupsPerSum();
    scales[group] = arithmetic.multiply(scales[group], IeeeArithmetic.round32(lookups));
    biases[group] =
        arithmetic.fastBias(biases[group], scales[group], lookups, planes, spec.aggregation());
  }

  private void addZeros(WeightPlanes b, int tile, float twiceBias, float[] sums) {
    for (int n = 0; n < b.rows(); n++) {
      float zero = b.zeros()[tile * b.rows() + n];
      sums[n * planes] = arithmetic.fma(zero, twiceBias, sums[n * planes]);
    }
  }
}
