package macroscope.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A product of binary32 matrices on one thread, as a yardstick: four rows by four vectors of columns
 * in registers, columns packed so that memory is read as it lies.
 */
final class FloatGemm {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = 4 * LANES;

  private final int size;
  private final float[] packed;

  /**
   * @param size rows, columns and depth, a multiple of four vectors
   */
  FloatGemm(int size) {
    if (size % WIDTH != 0) {
      throw new IllegalArgumentException("size must be a multiple of " + WIDTH + ": " + size);
    }
    this.size = size;
    this.packed = new float[size * WIDTH];
  }

  /** {@code c = a * b}, row-major. */
  void multiply(float[] a, float[] b, float[] c) {
    for (int column = 0; column < size; column += WIDTH) {
      for (int k = 0; k < size; k++) {
        System.arraycopy(b, k * size + column, packed, k * WIDTH, WIDTH);
      }
      for (int row = 0; row < size; row += 4) {
        tile(a, row * size, packed, size, c, row * size + column);
      }
    }
  }

  private static void tile(float[] a, int atA, float[] packed, int size, float[] c, int atC) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    for (int k = 0, at = 0; k < size; k++, at += WIDTH) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, packed, at);
      FloatVector b1 = FloatVector.fromArray(FLOATS, packed, at + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, packed, at + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, packed, at + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, a[atA + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(FLOATS, a[atA + size + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(FLOATS, a[atA + 2 * size + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(FLOATS, a[atA + 3 * size + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    store(c00, c01, c02, c03, c, atC);
    store(c10, c11, c12, c13, c, atC + size);
    store(c20, c21, c22, c23, c, atC + 2 * size);
    store(c30, c31, c32, c33, c, atC + 3 * size);
  }

  private static void store(
      FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] c, int at) {
    v0.intoArray(c, at);
    v1.intoArray(c, at + LANES);
    v2.intoArray(c, at + 2 * LANES);
    v3.intoArray(c, at + 3 * LANES);
  }
}
