package macroscope.tensor;

import macroscope.format.ElementEncoding;
import macroscope.format.Encoder;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;

/**
 * Encodes neighbours in pairs from the start of a group on. An element is an outlier where the value
 * that it rounds to is beyond the normal ones; of two outliers the larger stays, of two equal ones the
 * first.
 */
final class OutlierVictimEncoder implements GroupEncoder {

  private final NumberFormat element;
  private final double normal;
  private final Encoder encoder;
  private final long zero;

  OutlierVictimEncoder(NumberFormat element, double normal, ElementEncoding encoding) {
    this.element = element;
    this.normal = normal;
    encoder = encoding.encoder(element);
    zero = element.encodeDouble(0, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
  }

  @Override
  public void encode(double[] x, int start, int end, double scale, long[] codes) {
    for (int i = start; i < end; i += 2) {
      codes[i] = encoder.encode(x[i] / scale);
      if (i + 1 < end) {
        codes[i + 1] = encoder.encode(x[i + 1] / scale);
        if (isOutlier(codes[i]) || isOutlier(codes[i + 1])) {
          codes[Math.abs(x[i]) >= Math.abs(x[i + 1]) ? i + 1 : i] = zero;
        }
      }
    }
  }

  private boolean isOutlier(long code) {
    return Math.abs(element.decodeDouble(code)) > normal;
  }
}
