package macroscope.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import macroscope.format.BulkEncoder;
import macroscope.format.NearestSum;

/** {@link NearestSum} with one element a lane; NaN and what does not fill a vector in plain Java. */
final class VectorFloatEncoder implements BulkEncoder {

  private static final VectorSpecies<Integer> INTS = Lanes.INTS;
  private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);
  private static final int LANES = INTS.length();

  private static final int LEAST_BITS = 64;

  private final NearestSum sum;
  private final BulkEncoder plain;
  private final boolean bytes;

  VectorFloatEncoder(NearestSum sum) {
    this.sum = sum;
    plain = sum.plain();
    bytes = sum.format().bits() <= Byte.SIZE;
  }

  /** Whether a vector of bytes with as many lanes exists. */
  static boolean fits() {
    return LANES * Byte.SIZE >= LEAST_BITS;
  }

  /** Vectors of bytes and shorts with as many lanes; only where they exist. */
  private static final class Narrow {
    static final VectorSpecies<Byte> BYTES =
        VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));
    static final VectorSpecies<Short> SHORTS =
        VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));

    private Narrow() {}
  }

  /** {@link NearestSum#code} in every lane. */
  private IntVector codes(IntVector bits) {
    IntVector clamped = bits.and(Integer.MAX_VALUE).min(sum.tooLarge());
    IntVector exponent = clamped.and(NearestSum.INFINITY).max(sum.leastNormal());
    IntVector rounder = exponent.add(sum.toRounder());
    IntVector ulps =
        clamped
            .reinterpretAsFloats()
            .add(rounder.reinterpretAsFloats())
            .reinterpretAsInts()
            .sub(rounder);
    IntVector code =
        exponent
            .lanewise(LSHR, sum.toCodeExponent())
            .sub(sum.biases())
            .add(ulps)
            .min(sum.maxFinite());
    IntVector signed = code.neg().lanewise(ASHR, Integer.SIZE - 1).or(sum.zeroSigns());
    return code.or(bits.and(Integer.MIN_VALUE).and(signed).lanewise(LSHR, sum.signShift()));
  }

  @Override
  public void encodeProducts(float[] x, int from, int to, float factor, byte[] out) {
    Objects.checkFromToIndex(from, to, Math.min(x.length, out.length));
    int end = bytes ? from + (to - from) / LANES * LANES : from;
    IntVector largest = IntVector.zero(INTS);
    for (int i = from; i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, x, i).mul(factor).reinterpretAsInts();
      ((ByteVector) codes(bits).convertShape(I2B, Narrow.BYTES, 0)).intoArray(out, i);
      largest = largest.max(bits.and(Integer.MAX_VALUE));
    }
    int left = hasNan(largest) ? from : end;
    if (left < to) {
      plain.encodeProducts(x, left, to, factor, out);
    }
  }

  @Override
  public void encode(float[] x, int from, int to, short[] out) {
    Objects.checkFromToIndex(from, to, Math.min(x.length, out.length));
    int end = from + (to - from) / LANES * LANES;
    IntVector largest = IntVector.zero(INTS);
    for (int i = from; i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts();
      ((ShortVector) codes(bits).convertShape(I2S, Narrow.SHORTS, 0)).intoArray(out, i);
      largest = largest.max(bits.and(Integer.MAX_VALUE));
    }
    int left = hasNan(largest) ? from : end;
    if (left < to) {
      plain.encode(x, left, to, out);
    }
  }

  private static boolean hasNan(IntVector magnitudes) {
    return magnitudes.compare(GT, NearestSum.INFINITY).anyTrue();
  }
}
