package macroscope.tensor;

import macroscope.format.ElementEncoding;
import macroscope.format.Encoder;
import macroscope.format.IntegerFormat;

/** Finds codes of integers with a zero point: {@code clamp(round(x / scale) + zero)}. */
final class ZeroPointEncoder {

  /** Wide enough for any quotient that is not clamped anyway; the widest that encodes fast. */
  private static final IntegerFormat UNCLAMPED = new IntegerFormat("int53", 53, true, false, 0);

  private final IntegerFormat element;
  private final Encoder encoder;

  ZeroPointEncoder(IntegerFormat element, ElementEncoding encoding) {
    this.element = element;
    encoder = encoding.encoder(UNCLAMPED);
  }

  /** Sets {@code codes[i]} for start <= i < end; scale > 0. */
  void encode(double[] x, int start, int end, double scale, long zero, long[] codes) {
    long mask = (1L << element.bits()) - 1;
    for (int i = start; i < end; i++) {
      long shifted = UNCLAMPED.integer(encoder.encode(x[i] / scale)) + zero;
      codes[i] = Math.max(element.least(), Math.min(element.most(), shifted)) & mask;
    }
  }
}
