package macroscope.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import macroscope.format.BulkEncoder;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.format.Value;

/**
 * Holds bulk encoders, the vectorized and the plain one, against the encoder of one number on all
 * 2^32 binary32 numbers: codes and refusals.
 */
public final class ExhaustiveProof {

  private static final int CHUNK = 1 << 16;
  private static final int REFUSED = -1;

  private final NumberFormat format;
  private final ToLongFunction<Float> exact;
  private final List<BulkEncoder> encoders;
  private final float[] x = new float[CHUNK];
  private final int[] expected = new int[CHUNK];
  private final short[] codes = new short[CHUNK];

  private ExhaustiveProof(NumberFormat format, boolean rational) {
    RoundingMode even = RoundingMode.TIES_TO_EVEN;
    Overflow saturate = Overflow.SATURATE;
    this.format = format;
    exact =
        rational
            ? number -> format.encode(Value.of(number), even, saturate)
            : number -> format.encodeDouble(number, even, saturate);
    encoders =
        List.of(
            BulkEncoder.vectorized(format, even, saturate), BulkEncoder.of(format, even, saturate));
  }

  /**
   * Formats by name, after {@code rational} with {@link NumberFormat#encode}, which rounds exact
   * {@link Value}s, in place of {@link NumberFormat#encodeDouble}. Ends with 1 at the first difference.
   */
  public static void main(String[] arguments) {
    List<String> names = Arrays.asList(arguments);
    boolean rational = !names.isEmpty() && names.get(0).equals("rational");
    for (String name : rational ? names.subList(1, names.size()) : names) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      ExhaustiveProof proof = new ExhaustiveProof(Formats.forUser(name), rational);
      for (int upper = 0; upper < CHUNK; upper++) {
        proof.prove(upper);
      }
      long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      System.out.printf(
          Locale.ROOT,
          "%s: all 2^32 codes equal (%s and %s against %s), %.1f s of processor time%n",
          name,
          proof.encoders.get(0).getClass().getSimpleName(),
          proof.encoders.get(1).getClass().getSimpleName(),
          rational ? "exact values" : "doubles",
          time / 1e9);
    }
  }

  /** All numbers of one upper half. */
  private void prove(int upper) {
    boolean refuses = false;
    for (int lower = 0; lower < CHUNK; lower++) {
      x[lower] = Float.intBitsToFloat(upper << 16 | lower);
      expected[lower] = expected(x[lower]);
      refuses |= expected[lower] == REFUSED;
    }
    for (BulkEncoder encoder : encoders) {
      if (refuses) {
        for (int i = 0; i < CHUNK; i++) {
          require(i, one(encoder, i));
        }
      } else {
        encoder.encode(x, 0, CHUNK, codes);
        for (int i = 0; i < CHUNK; i++) {
          require(i, Short.toUnsignedInt(codes[i]));
        }
      }
    }
  }

  private int expected(float number) {
    try {
      return (int) exact.applyAsLong(number);
    } catch (IllegalArgumentException e) {
      return REFUSED;
    }
  }

  private int one(BulkEncoder encoder, int place) {
    try {
      encoder.encode(x, place, place + 1, codes);
      return Short.toUnsignedInt(codes[place]);
    } catch (IllegalArgumentException e) {
      return REFUSED;
    }
  }

  private void require(int place, int code) {
    if (code != expected[place]) {
      throw new IllegalStateException(
          format.name() + ": " + x[place] + " is " + expected[place] + ", not " + code);
    }
  }
}
