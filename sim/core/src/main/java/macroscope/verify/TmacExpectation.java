package macroscope.verify;

import java.util.Arrays;
import java.util.Optional;
import macroscope.unit.ActivationTables;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.LookupTableUnit;
import macroscope.unit.WeightPlanes;

/**
 * What a row of T-MAC's kernels says of each step of the product.
 *
 * @param scales scales of the tables, binary32 bits
 * @param biases biases of the tables, binary32 bits
 * @param entries K/4 tables of 16 entries
 * @param planeSums partial sums by plane, then by row: binary32 bits, or integers if the activations
 *     have one scale
 * @param results M results, binary32 bits
 */
record TmacExpectation(
    long[] scales, long[] biases, int[] entries, long[] planeSums, long[] results) {

  private static final int ENTRIES_PER_INPUT =
      ActivationTables.ENTRIES / LookupTableSpec.TABLE_INPUTS;

  static TmacExpectation read(VectorRow row, LookupTableSpec spec, TmacProduct product) {
    int groups = spec.unified() ? 1 : product.inputs() / spec.activationGroup();
    int sums = product.rows() * spec.weightBits();
    return new TmacExpectation(
        row.words("lut_scales", 8, groups),
        row.words("lut_biases", 8, groups),
        row.integers("lut_int8", product.inputs() * ENTRIES_PER_INPUT, -128, 127),
        spec.unified()
            ? Arrays.stream(row.integers("cbits_hex", sums, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .asLongStream()
                .toArray()
            : row.words("cbits_hex", 8, sums),
        row.words("output_fp32_hex", 8, product.rows()));
  }

  /** The first difference of the tables, their scales and their biases. */
  Optional<Outcome.Failed> tables(ActivationTables got) {
    return Difference.ofWords("lut_scales", scales, bits(got.scales()))
        .or(() -> Difference.ofWords("lut_biases", biases, bits(got.biases())))
        .or(() -> Difference.ofIntegers("lut_int8", widened(entries), widened(got.entries())));
  }

  /** The first difference of the partial sums. */
  Optional<Outcome.Failed> planeSums(
      LookupTableUnit unit, ActivationTables tables, WeightPlanes planes) {
    if (unit.spec().unified()) {
      long[] sums =
          Arrays.stream(unit.integerPlaneSums(tables, 0, planes)).asLongStream().toArray();
      return Difference.ofIntegers("cbits_hex", planeSums, byPlane(sums));
    }
    return Difference.ofWords(
        "cbits_hex", planeSums, byPlane(bits(unit.planeSums(tables, 0, planes))));
  }

  /** The first difference of the results. */
  Optional<Outcome.Failed> results(long[] got) {
    return Difference.ofWords("output_fp32_hex", results, got);
  }

  /** The unit keeps the planes of a row together, the file the rows of a plane. */
  private long[] byPlane(long[] sums) {
    int rows = results.length;
    int planes = sums.length / rows;
    long[] ordered = new long[sums.length];
    for (int i = 0; i < sums.length; i++) {
      ordered[i % planes * rows + i / planes] = sums[i];
    }
    return ordered;
  }

  private static long[] bits(float[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Integer.toUnsignedLong(Float.floatToRawIntBits(values[i]));
    }
    return bits;
  }

  private static long[] widened(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private static long[] widened(byte[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
