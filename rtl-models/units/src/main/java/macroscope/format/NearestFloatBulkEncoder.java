package macroscope.format;

import java.util.Objects;

/** {@link NearestSum} element by element. */
final class NearestFloatBulkEncoder implements BulkEncoder {

  private final NearestSum sum;

  NearestFloatBulkEncoder(NearestSum sum) {
    this.sum = sum;
  }

  @Override
  public void encodeProducts(float[] x, int from, int to, float factor, byte[] codes) {
    TableBulkEncoder.requireBytes(sum.format());
    Objects.checkFromToIndex(from, to, Math.min(x.length, codes.length));
    int largest = 0;
    for (int i = from; i < to; i++) {
      int bits = Float.floatToRawIntBits(x[i] * factor);
      codes[i] = (byte) sum.code(bits);
      largest = Math.max(largest, bits & Integer.MAX_VALUE);
    }
    for (int i = largest > NearestSum.INFINITY ? from : to; i < to; i++) {
      codes[i] = Float.isNaN(x[i] * factor) ? (byte) nan(x[i], i) : codes[i];
    }
  }

  @Override
  public void encode(float[] x, int from, int to, short[] codes) {
    Objects.checkFromToIndex(from, to, Math.min(x.length, codes.length));
    int largest = 0;
    for (int i = from; i < to; i++) {
      int bits = Float.floatToRawIntBits(x[i]);
      codes[i] = (short) sum.code(bits);
      largest = Math.max(largest, bits & Integer.MAX_VALUE);
    }
    for (int i = largest > NearestSum.INFINITY ? from : to; i < to; i++) {
      codes[i] = Float.isNaN(x[i]) ? (short) nan(x[i], i) : codes[i];
    }
  }

  private int nan(float x, int place) {
    if (sum.nan() < 0) {
      throw TableBulkEncoder.noCode(sum.format(), place, x);
    }
    return sum.nan();
  }
}
