package macroscope.unit;

import java.util.Arrays;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Value.Kind;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;

/**
 * Dot products of AVX-512 and AMX, as measured on a Xeon (Sapphire Rapids class) and as the Intel SDM
 * describes them: {@link VectorFmaSpec.Order} says in which order. Of an operation without numbers
 * the NaN is that of its first NaN operand, in the order a, b, c, made quiet, or the default NaN; a
 * sum x + y is x * 1 + y.
 *
 * <p>A last short pass is a shorter instruction: an AMX tile is configured for it, and a chain ends
 * earlier. An odd product at its end is paired with one of zeros.
 */
public final class VectorFmaUnit implements DotProductUnit<FloatArrays> {

  private static final float ONE = 1;

  private final VectorFmaSpec spec;
  private final X86Fma fma;
  private final boolean half;

  public VectorFmaUnit(VectorFmaSpec spec) {
    this.spec = spec;
    this.fma = new X86Fma(spec.accumulator(), spec.flushing());
    this.half = spec.accumulator().equals(Formats.BINARY16);
  }

  @Override
  public VectorFmaSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return spec.accumulator();
  }

  @Override
  public FloatArrays prepareA(EncodedMatrix a) {
    return FloatArrays.left(spec.operand(), a, subnormals());
  }

  @Override
  public FloatArrays prepareB(EncodedMatrix b) {
    return FloatArrays.right(spec.operand(), b, subnormals());
  }

  private FloatArrays.Subnormals subnormals() {
    return spec.flushing() ? FloatArrays.Subnormals.SIGNED_ZERO : FloatArrays.Subnormals.KEPT;
  }

  @Override
  public void gemm(FloatArrays a, FloatArrays b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.shape(), b.shape(), fromK, toK);
    for (int block = 0; block < b.shape().blocks(); block++) {
      Tile tile = new Tile(b, block);
      for (int i = 0; i < c.rows(); i++) {
        int at = i * c.columns() + b.shape().from(block);
        long[] before = Arrays.copyOfRange(c.codes(), at, at + tile.sums.length);
        tile.run(a.row(i), fromK, toK, before);
        for (int j = 0; j < before.length; j++) {
          boolean special =
              a.codes().special(i) || b.codes().special(tile.from + j) || special(before[j]);
          c.codes()[at + j] =
              special ? element(a, i, b, tile.from + j, fromK, toK, before[j]) : tile.code(j);
        }
      }
    }
  }

  private boolean special(long code) {
    return new FloatFields(spec.accumulator()).kind(code) != Kind.FINITE;
  }

  /** A run of columns whose operands and addends are finite. */
  private final class Tile {
    final FloatArrays b;
    final int block;
    final int from;
    final float[] sums;
    final float[] even;
    final float[] odd;

    Tile(FloatArrays b, int block) {
      this.b = b;
      this.block = block;
      this.from = b.shape().from(block);
      this.sums = new float[b.shape().width(block)];
      this.even = new float[sums.length];
      this.odd = new float[sums.length];
    }

    long code(int j) {
      return half ? fma.code16(sums[j]) : fma.code32(sums[j]);
    }

    void run(float[] a, int fromK, int toK, long[] addends) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] =
            half ? IeeeArithmetic.value16(addends[j]) : Float.intBitsToFloat((int) addends[j]);
      }
      if (spec.flushing()) {
        IeeeArithmetic.flush32(sums);
      }
      for (int k = fromK; k < toK; k += spec.length()) {
        pass(a, k, Math.min(k + spec.length(), toK));
      }
    }

    private void pass(float[] a, int fromK, int toK) {
      switch (spec.order()) {
        case ASCENDING -> {
          for (int k = fromK; k < toK; k++) {
            add(a, k, toK, sums);
          }
        }
        case ODD_FIRST -> {
          for (int k = fromK; k < toK; k += 2) {
            add(a, k + 1, toK, sums);
            add(a, k, toK, sums);
          }
        }
        case TWO_SUMS -> twoSums(a, fromK, toK);
      }
    }

    private void twoSums(float[] a, int fromK, int toK) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      for (int k = fromK; k < toK; k += 2) {
        add(a, k, toK, even);
        add(a, k + 1, toK, odd);
      }
      multiplyAdd(ONE, even, odd);
      multiplyAdd(ONE, odd, sums);
    }

    /** {@code to <- products of k + to}; beyond {@code limitK} products of zeros. */
    private void add(float[] a, int k, int limitK, float[] to) {
      if (k < limitK) {
        multiplyAdd(a[k], b.columns(block, k), to);
      } else {
        multiplyAdd(ONE, new float[to.length], to);
      }
    }

    private void multiplyAdd(float x, float[] y, float[] to) {
      if (half) {
        IeeeArithmetic.fma16(x, y, to);
      } else if (spec.flushing()) {
        IeeeArithmetic.fmaFlushing32(x, y, to);
      } else {
        IeeeArithmetic.fma32(x, y, to);
      }
    }
  }

  /** One element, on codes: operands or addend hold a NaN or an infinity. */
  private long element(FloatArrays a, int i, FloatArrays b, int j, int fromK, int toK, long c) {
    long sum = c;
    for (int k = fromK; k < toK; k += spec.length()) {
      sum = pass(a, i, b, j, k, Math.min(k + spec.length(), toK), sum);
    }
    return sum;
  }

  private long pass(FloatArrays a, int i, FloatArrays b, int j, int fromK, int toK, long c) {
    long sum = c;
    long even = 0;
    long odd = 0;
    switch (spec.order()) {
      case ASCENDING -> {
        for (int k = fromK; k < toK; k++) {
          sum = fma.fma(code(a, i, k, toK), code(b, j, k, toK), sum);
        }
      }
      case ODD_FIRST -> {
        for (int k = fromK; k < toK; k += 2) {
          sum = fma.fma(code(a, i, k + 1, toK), code(b, j, k + 1, toK), sum);
          sum = fma.fma(code(a, i, k, toK), code(b, j, k, toK), sum);
        }
      }
      case TWO_SUMS -> {
        for (int k = fromK; k < toK; k += 2) {
          even = fma.fma(code(a, i, k, toK), code(b, j, k, toK), even);
          odd = fma.fma(code(a, i, k + 1, toK), code(b, j, k + 1, toK), odd);
        }
        sum = fma.fma(sum, fma.one(), fma.fma(even, fma.one(), odd));
      }
    }
    return sum;
  }

  /** The code of an element in the accumulator format; bfloat16 is the upper half of binary32. */
  private long code(FloatArrays operand, int row, int k, int limitK) {
    int lower = spec.accumulator().bits() - spec.operand().bits();
    return k < limitK ? operand.codes().code(row, k) << lower : 0;
  }

  @Override
  public Pipeline pipeline() {
    return VectorFmaHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return VectorFmaHardware.inventory(spec);
  }
}
