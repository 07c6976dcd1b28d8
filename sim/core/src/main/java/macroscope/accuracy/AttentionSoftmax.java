package macroscope.accuracy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import macroscope.elementwise.PowerSoftmax;
import macroscope.elementwise.ShiftExponential;
import macroscope.elementwise.Shiftmax;
import macroscope.onnx.Tensor;

/**
 * How a network's softmax is computed: in double precision, or on integers. Integers are the inputs
 * rounded to multiples of 2^-6, ties to even, and clamped to 24 bits.
 */
public enum AttentionSoftmax {
  /** Double precision. */
  REAL,
  /** {@link Shiftmax} with results of 8 bits, as I-ViT has it. */
  SHIFTMAX8,
  /** {@link Shiftmax} with results of 16 bits. */
  SHIFTMAX16,
  /** {@link PowerSoftmax} in two passes, 16-bit powers and results. */
  TWO_PASS,
  /** {@link PowerSoftmax} in three passes, 16-bit powers and results. */
  THREE_PASS;

  private static final int FRACTION_BITS = 6;
  private static final double MOST = 0x1p23;
  private static final int POWER_BITS = 16;
  private static final double LOG2_E = 1 / StrictMath.log(2);

  /** The names that users write, for a message. */
  public static String names() {
    return Arrays.stream(values())
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** Softmax along the last axis. */
  Tensor of(Tensor x) {
    if (this == REAL) {
      return Rows.softmax(x);
    }
    int length = x.shape()[x.rank() - 1];
    double[] out = new double[x.values().length];
    RowOperation operation = operation();
    for (int at = 0; at < out.length; at += length) {
      long[] row = new long[length];
      for (int i = 0; i < length; i++) {
        row[i] = integer(x.values()[at + i] * operation.factor());
      }
      long[] results = operation.on(row);
      for (int i = 0; i < length; i++) {
        out[at + i] = results[i] * operation.unit();
      }
    }
    return new Tensor(x.shape(), out);
  }

  private static long integer(double x) {
    double scaled = Math.rint(Math.scalb(x, FRACTION_BITS));
    return (long) Math.max(-MOST, Math.min(MOST - 1, scaled));
  }

  /** An operation on integers: what inputs are multiplied by, what results are units of. */
  private record RowOperation(Softmax softmax, double factor, double unit) {
    long[] on(long[] row) {
      return softmax.of(row);
    }
  }

  private interface Softmax {
    long[] of(long[] row);
  }

  private RowOperation operation() {
    return switch (this) {
      case SHIFTMAX8 -> shiftmax(8);
      case SHIFTMAX16 -> shiftmax(16);
      case TWO_PASS -> power(2);
      default -> power(3);
    };
  }

  private static RowOperation shiftmax(int bits) {
    var exponential = new ShiftExponential(1 << FRACTION_BITS, Shiftmax.FRACTION_BITS);
    Shiftmax softmax = new Shiftmax(exponential, bits);
    return new RowOperation(softmax::of, 1, Math.scalb(1.0, 1 - bits));
  }

  private static RowOperation power(int passes) {
    PowerSoftmax softmax = new PowerSoftmax(FRACTION_BITS, POWER_BITS, POWER_BITS, passes);
    return new RowOperation(softmax::of, LOG2_E, Math.scalb(1.0, -POWER_BITS));
  }
}
