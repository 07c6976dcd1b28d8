package macroscope.tensor;

/** Finds the codes of elements that share all scales. */
@FunctionalInterface
interface GroupEncoder {

  /** Sets {@code codes[i]} for start <= i < end to those of {@code x[i] / scale}; scale > 0. */
  void encode(double[] x, int start, int end, double scale, long[] codes);
}
