package macroscope.unit;

import static macroscope.unit.ActivationTables.ENTRIES;
import static macroscope.unit.LookupTableSpec.CHUNK_INPUTS;
import static macroscope.unit.LookupTableSpec.TABLE_INPUTS;

/**
 * Builds tables of activations: T-MAC's dynamic quantization of tables to int8, step by step (section
 * 3.2 of arXiv 2407.00088; lut_ctor.cc).
 *
 * <p>Only the eight odd entries of a table are computed, as ((b0 +- b1) +- b2) +- b3; an even one is
 * minus the entry of the complemented index (mirror consolidation).
 */
final class ActivationTableBuilder {

  private static final int CHUNK_TABLES = CHUNK_INPUTS / TABLE_INPUTS;

  private final LookupTableArithmetic arithmetic;
  private final float[] table = new float[ENTRIES];
  private final float[] firstEntries = new float[CHUNK_TABLES];

  ActivationTableBuilder(LookupTableArithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  /**
   * Builds the tables of one activation group.
   *
   * @param values activations
   * @param from the group's first activation
   * @param length activations of the group, a multiple of 32
   * @param entries receives 4 * length entries from {@code 4 * from} on
   * @param group where in {@code scales} and {@code biases} the group's go
   */
  void build(
      float[] values,
      int from,
      int length,
      byte[] entries,
      float[] scales,
      float[] biases,
      int group) {
    float scale = 0;
    for (int chunk = from; chunk < from + length; chunk += CHUNK_INPUTS) {
      scale = IeeeArithmetic.maximum(chunkScale(values, chunk), scale);
    }
    float reciprocal = IeeeArithmetic.isZero(scale) ? 0 : arithmetic.reciprocal(scale);
    float bias = 0;
    for (int chunk = from; chunk < from + length; chunk += CHUNK_INPUTS) {
      buildChunk(values, chunk, reciprocal, entries);
      bias = arithmetic.addToBias(bias, firstEntries);
    }
    scales[group] = scale;
    biases[group] = bias;
  }

  private float chunkScale(float[] values, int chunk) {
    float largest = 0;
    for (int k = chunk; k < chunk + CHUNK_INPUTS; k += TABLE_INPUTS) {
      float sum = arithmetic.magnitudeSum(values[k], values[k + 1], values[k + 2], values[k + 3]);
      largest = IeeeArithmetic.maximum(largest, sum);
    }
    return arithmetic.scale(largest);
  }

  private void buildChunk(float[] values, int chunk, float reciprocal, byte[] entries) {
    for (int t = 0; t < CHUNK_TABLES; t++) {
      int first = chunk + t * TABLE_INPUTS;
      fillTable(values, first);
      firstEntries[t] = IeeeArithmetic.negate(table[ENTRIES - 1]);
      for (int i = 1; i < ENTRIES; i += 2) {
        quantize(i, reciprocal, entries, first * (ENTRIES / TABLE_INPUTS));
      }
    }
  }

  /** An odd entry and its mirror; only where one of them saturates are they no negatives. */
  private void quantize(int i, float reciprocal, byte[] entries, int at) {
    byte entry = arithmetic.quantize(table[i], reciprocal);
    entries[at + i] = entry;
    entries[at + ENTRIES - 1 - i] =
        Math.abs(entry) < 127
            ? (byte) -entry
            : arithmetic.quantize(IeeeArithmetic.negate(table[i]), reciprocal);
  }

  /** The odd entries from shared prefixes: 2 + 4 + 8 additions. */
  private void fillTable(float[] values, int first) {
    table[1] = values[first];
    for (int k = 1; k < TABLE_INPUTS; k++) {
      float b = values[first + k];
      for (int i = 1; i < 1 << k; i += 2) {
        table[i + (1 << k)] = arithmetic.add(table[i], b);
        table[i] = arithmetic.subtract(table[i], b);
      }
    }
  }
}
