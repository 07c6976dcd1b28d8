package macroscope.format;

/**
 * A conversion from doubles to the codes of one format under one rounding and overflow policy, with
 * everything that depends on these worked out beforehand: what bulk quantizers call.
 *
 * <p>Gives the code of {@link NumberFormat#encode} for every double, by test, and refuses what that
 * refuses.
 */
public interface Encoder {

  /** The code of a double. */
  long encode(double x);

  /** {@code codes[i] = encode(x[i] / divisor)} for {@code start <= i < end}; the quotient is a double. */
  default void encodeQuotients(double[] x, int start, int end, double divisor, long[] codes) {
    for (int i = start; i < end; i++) {
      codes[i] = encode(x[i] / divisor);
    }
  }
}
