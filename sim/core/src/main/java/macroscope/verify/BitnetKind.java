package macroscope.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.TernaryLookup;
import macroscope.unit.TernaryPacking;
import macroscope.unit.TernaryTableSpec;
import macroscope.unit.TernaryTableUnit;

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
    int[] pairs = TernaryPacking.TL1.codes(weights);
    int[] triples = TernaryPacking.TL2.codes(weights);
    int sign = 1 << TernaryPacking.SIGN_BIT;
    long[] magnitudes = Arrays.stream(triples).mapToLong(code -> code % sign).toArray();
    long[] signs = Arrays.stream(triples).mapToLong(code -> code / sign).toArray();
    int[] tl1 = row.integers("tl1_index", pairs.length, 0, 8);
    int[] tl2 = row.integers("tl2_index", triples.length, 0, 13);
    int[] tl2Sign = row.integers("tl2_sign", triples.length, 0, 1);
    return Difference.ofIntegers("tl1_index", wide(tl1), wide(pairs))
        .or(() -> Difference.ofIntegers("tl2_index", wide(tl2), magnitudes))
        .or(() -> Difference.ofIntegers("tl2_sign", wide(tl2Sign), signs));
  }

  private static Optional<Outcome.Failed> products(
      VectorRow row, float scale, byte[] activations, byte[] weights) {
    float weightScale = Float.intBitsToFloat((int) row.word("w_scale_hex", 8));
    long[] byPairs = products(TernaryPacking.TL1, activations, weights);
    long[] byTriples = products(TernaryPacking.TL2, activations, weights);
    long[] results =
        Arrays.stream(byPairs)
            .map(dot -> bits(TernaryLookup.result((int) dot, scale, weightScale)))
            .toArray();
    long[] expected =
        wide(row.integers("dot_int", byPairs.length, Integer.MIN_VALUE, Integer.MAX_VALUE));
    return Difference.ofIntegers("dot_int", expected, byPairs)
        .or(() -> Difference.ofIntegers("dot_int", expected, byTriples))
        .or(
            () ->
                Difference.ofWords(
                    "output_fp32_hex", row.words("output_fp32_hex", 8, results.length), results));
  }

  /** The integer dot products of a unit with this packing. */
  private static long[] products(TernaryPacking packing, byte[] activations, byte[] weights) {
    int inputs = activations.length;
    IntegerFormat int8 = (IntegerFormat) Formats.canonical("int8");
    TernaryTableUnit unit =
        new TernaryTableUnit(new TernaryTableSpec("bitnet", int8, packing, WHOLE, 32, 0));
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), 1, weights.length / inputs);
    unit.gemm(
        unit.prepareA(matrix(int8, activations, inputs)),
        unit.prepareB(matrix((IntegerFormat) Formats.canonical("ternary"), weights, inputs)),
        0,
        inputs,
        sums);
    return Arrays.stream(sums.codes()).map(code -> (int) code).toArray();
  }

  private static EncodedMatrix matrix(IntegerFormat format, byte[] integers, int columns) {
    long[] codes = new long[integers.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = integers[i] & (1L << format.bits()) - 1;
    }
    TensorFormat unscaled = new TensorFormat(format.name(), format, List.of());
    return new EncodedMatrix(unscaled, codes.length / columns, columns, codes, List.of());
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
