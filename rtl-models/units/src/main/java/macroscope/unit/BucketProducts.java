package macroscope.unit;

import java.util.Arrays;
import macroscope.format.FloatFormat;
import macroscope.tensor.EncodedMatrix;

/**
 * Exact products of formats whose exponent range exceeds any machine word (bfloat16, tf32, binary32):
 * significands are added into buckets by exponent, and buckets into sums of unlimited size.
 *
 * <p>Width proof. A product has p = {@code significand bits of a + of b} bits; a bucket spans 2^w
 * exponents and takes 2^t products with {@code p + 2^w - 1 + t <= 62}.
 */
final class BucketProducts implements ExactProducts<SignificandPlanes> {

  private static final int LONG_BITS = 62;
  private static final int MOST_TERMS_LOG2 = 14;

  private final FloatFormat a;
  private final FloatFormat b;
  private final int terms;
  private final int windowLog2;

  BucketProducts(FloatFormat a, FloatFormat b) {
    this.a = a;
    this.b = b;
    int room = LONG_BITS - (a.fractionBits() + 1 + b.fractionBits() + 1);
    int termsLog2 = Math.min(MOST_TERMS_LOG2, room);
    this.terms = 1 << termsLog2;
    this.windowLog2 = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(room - termsLog2 + 1);
  }

  @Override
  public SignificandPlanes left(EncodedMatrix matrix) {
    return SignificandPlanes.left(a, matrix);
  }

  @Override
  public SignificandPlanes right(EncodedMatrix matrix) {
    return SignificandPlanes.right(b, matrix);
  }

  @Override
  public CodeRows codes(SignificandPlanes operand) {
    return operand.codes();
  }

  @Override
  public OperandShape shape(SignificandPlanes operand) {
    return operand.layout().shape();
  }

  @Override
  public void addProducts(
      SignificandPlanes a,
      int row,
      SignificandPlanes b,
      int block,
      int fromK,
      int toK,
      ExactSums sums) {
    long[] buckets = new long[(span() >>> windowLog2) + 1];
    OperandShape shape = shape(b);
    for (int j = 0; j < shape.width(block); j++) {
      for (int k = fromK; k < toK; k += terms) {
        Arrays.fill(buckets, 0);
        fill(a, row, b, shape.from(block) + j, k, Math.min(k + terms, toK), buckets);
        for (int bucket = 0; bucket < buckets.length; bucket++) {
          if (buckets[bucket] != 0) {
            sums.add(j, buckets[bucket], bucket << windowLog2);
          }
        }
      }
    }
  }

  private int span() {
    return a.maxExponent() - a.minExponent() + b.maxExponent() - b.minExponent();
  }

  private void fill(
      SignificandPlanes a, int i, SignificandPlanes b, int j, int fromK, int toK, long[] buckets) {
    int least = this.a.minExponent() + this.b.minExponent();
    int within = (1 << windowLog2) - 1;
    for (int k = fromK; k < toK; k++) {
      int atA = a.layout().index(i, k);
      int atB = b.layout().index(j, k);
      long product = (long) a.significands()[atA] * b.significands()[atB];
      if (product != 0) {
        int exponent = a.exponents()[atA] + b.exponents()[atB] - least;
        buckets[exponent >>> windowLog2] += product << (exponent & within);
      }
    }
  }
}
