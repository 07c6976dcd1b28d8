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
    tables = new PairTables(spec, arithmetic);
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
    for (int tile = fromTile; tile < toTile; tile++) {
      tables.load(a.entries(), (row * a.tables() + tile * tileTables) * ENTRIES);
      float bias = loadScales(a, row * a.groups() + tile * tileGroups);
      for (int n = 0, at = tile * b.rows() * planeBytes() * planes; n < b.rows(); n++) {
        float scale = b.scales()[tile * b.rows() + n];
        for (int plane = 0; plane < planes; plane++, at += planeBytes()) {
          float sum = groups(b.indices(), at, plane == 0);
          sums[n * planes + plane] = arithmetic.fma(sum, scale, sums[n * planes + plane]);
        }
      }
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
    for (int tile = fromTile; tile < toTile; tile++) {
      tables.load(a.entries(), (row * a.tables() + tile * tileTables) * ENTRIES);
      int at = tile * b.rows() * planeBytes() * planes;
      for (int i = 0; i < sums.length; i++, at += planeBytes()) {
        sums[i] += tables.aggregate(b.indices(), at, 0, planeBytes());
      }
    }
  }

  private int planeBytes() {
    return tileTables / 2;
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

  private float groups(byte[] indices, int at, boolean firstPlane) {
    float sum = group(indices, at, 0, firstPlane);
    for (int g = 1; g < tileGroups; g++) {
      sum = arithmetic.add(sum, group(indices, at + g * groupPairs, g, firstPlane));
    }
    return sum;
  }

  private float group(byte[] indices, int at, int group, boolean firstPlane) {
    int lookups = tables.aggregate(indices, at, group * groupPairs, groupPairs);
    float sum = IeeeArithmetic.round32(lookups);
    return firstPlane
        ? arithmetic.fma(sum, scales[group], biases[group])
        : arithmetic.multiply(sum, scales[group]);
  }

  private void addZeros(WeightPlanes b, int tile, float twiceBias, float[] sums) {
    for (int n = 0; n < b.rows(); n++) {
      float zero = b.zeros()[tile * b.rows() + n];
      sums[n * planes] = arithmetic.fma(zero, twiceBias, sums[n * planes]);
    }
  }
}
