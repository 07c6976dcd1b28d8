package macroscope.verify;

import java.util.Arrays;
import java.util.Optional;
import macroscope.unit.TernaryLookup;

/**
 * One matrix-vector product of bitnet.cpp's TL1 and TL2 kernels, which look sums of two and three
 * ternary weights up: quantized activations, indices, the integer dot products by both kernels and the
 * results, all bit for bit.
 */
final class BitnetKind implements VectorKind {

  private static final int MOST = 1 << 16;

  /** Inputs that fill both pairs and triples. */
  private static final int WHOLE = 6;

  @Override
  public String name() {
    return "lut";
  }

  @Override
  public Columns columns() {
    return Columns.of(
        "id",
        "M",
        "K",
        "weights_ternary",
        "w_scale_hex",
        "activations",
        "act_scale_hex",
        "act_int8",
        "tl1_index",
        "tl2_index",
        "tl2_sign",
        "dot_int",
        "output_fp32_hex");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    int rows = row.integer("M", 1, MOST);
    int inputs = row.integer("K", 1, MOST);
    if (inputs % WHOLE != 0) {
      return new Outcome.Unsupported("K of TL1 and TL2 must be a multiple of 6 here: " + inputs);
    }
    byte[] weights =
        bytes(row.integers("weights_ternary", Math.multiplyExact(rows, inputs), -1, 1));
    float[] activations = floats(row.doubles("activations", inputs));
    float scale = TernaryLookup.activationScale(activations);
    byte[] quantized = TernaryLookup.quantize(activations, scale);
    return quantization(row, scale, quantized)
        .or(() -> indices(row, weights))
        .or(() -> products(row, scale, quantized, weights))
        .map(Outcome.class::cast)
        .orElseGet(Outcome.Passed::new);
  }

  private static Optional<Outcome.Failed> quantization(VectorRow row, float scale, byte[] got) {
    int[] expected = row.integers("act_int8", got.length, -128, 127);
    return Difference.ofCode("act_scale_hex", row.word("act_scale_hex", 8), bits(scale), 8)
        .or(() -> Difference.ofIntegers("act_int8", wide(expected), wide(got)));
  }

  /** Both forms are of a whole matrix, since a row is made of whole pairs and triples. */
  private static Optional<Outcome.Failed> indices(VectorRow row, byte[] weights) {
    int[] pairs = TernaryLookup.pairIndices(weights);
    int[] triples = TernaryLookup.tripleCodes(weights);
    long[] magnitudes = Arrays.stream(triples).mapToLong(Math::abs).toArray();
    long[] signs = Arrays.stream(triples).mapToLong(code -> code < 0 ? 1 : 0).toArray();
    int[] tl1 = row.integers("tl1_index", pairs.length, 0, 8);
    int[] tl2 = row.integers("tl2_index", triples.length, 0, 13);
    int[] sign = row.integers("tl2_sign", triples.length, 0, 1);
    return Difference.ofIntegers("tl1_index", wide(tl1), wide(pairs))
        .or(() -> Difference.ofIntegers("tl2_index", wide(tl2), magnitudes))
        .or(() -> Difference.ofIntegers("tl2_sign", wide(sign), signs));
  }

  private static Optional<Outcome.Failed> products(
      VectorRow row, float scale, byte[] activations, byte[] weights) {
    int rows = weights.length / activations.length;
    float weightScale = Float.intBitsToFloat((int) row.word("w_scale_hex", 8));
    long[] byPairs = new long[rows];
    long[] byTriples = new long[rows];
    long[] results = new long[rows];
    for (int n = 0; n < rows; n++) {
      int from = n * activations.length;
      byte[] one = Arrays.copyOfRange(weights, from, from + activations.length);
      int dot = TernaryLookup.dotByPairs(activations, TernaryLookup.pairIndices(one));
      byPairs[n] = dot;
      byTriples[n] = TernaryLookup.dotByTriples(activations, TernaryLookup.tripleCodes(one));
      results[n] = bits(TernaryLookup.result(dot, scale, weightScale));
    }
    long[] expected = wide(row.integers("dot_int", rows, Integer.MIN_VALUE, Integer.MAX_VALUE));
    return Difference.ofIntegers("dot_int", expected, byPairs)
        .or(() -> Difference.ofIntegers("dot_int", expected, byTriples))
        .or(
            () ->
                Difference.ofWords(
                    "output_fp32_hex", row.words("output_fp32_hex", 8, rows), results));
  }

  /** Numbers that binary32 holds. */
  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static long bits(float value) {
    return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static long[] wide(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private static long[] wide(byte[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
