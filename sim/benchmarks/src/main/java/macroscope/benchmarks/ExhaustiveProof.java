package macroscope.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import macroscope.format.BulkEncoder;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/** Holds bulk encoders against {@link NumberFormat#encodeDouble} on all 2^32 binary32 numbers. */
public final class ExhaustiveProof {

  private static final int CHUNK = 1 << 16;

  private ExhaustiveProof() {}

  /** Formats by name; ends with 1 at the first difference. */
  public static void main(String[] names) {
    for (String name : names) {
      NumberFormat format = Formats.forUser(name);
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      prove(format);
      long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      System.out.printf(
          Locale.ROOT, "%s: all 2^32 codes equal, %.1f s of processor time%n", name, time / 1e9);
    }
  }

  private static void prove(NumberFormat format) {
    BulkEncoder encoder = BulkEncoder.of(format, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    float[] x = new float[CHUNK];
    short[] codes = new short[CHUNK];
    for (int upper = 0; upper < CHUNK; upper++) {
      for (int lower = 0; lower < CHUNK; lower++) {
        x[lower] = Float.intBitsToFloat(upper << 16 | lower);
      }
      encoder.encode(x, 0, CHUNK, codes);
      for (int i = 0; i < CHUNK; i++) {
        long exact = format.encodeDouble(x[i], RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
        if (exact != Short.toUnsignedInt(codes[i])) {
          throw new IllegalStateException(
              format.name() + ": " + x[i] + " is " + exact + ", not " + codes[i]);
        }
      }
    }
  }
}
