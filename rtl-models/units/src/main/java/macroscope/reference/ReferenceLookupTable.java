package macroscope.reference;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import macroscope.format.Formats;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;

/**
 * The readable twin of the lookup-table unit: no tables and no planes in memory. A weight is a row of
 * signs; what a lookup gives is the signed sum of four activations, rounded step by step and quantized
 * where it is used. Finite operands only, in activation groups whose scale has a finite reciprocal.
 */
public final class ReferenceLookupTable {

  private final LookupTableSpec spec;
  private final boolean half;
  private final RoundedArithmetic single = new RoundedArithmetic(Formats.BINARY32);
  private final RoundedArithmetic twice = new RoundedArithmetic(Formats.BINARY64);

  /** The number system. */
  private final RoundedArithmetic real;

  public ReferenceLookupTable(LookupTableSpec spec) {
    this.spec = spec;
    half = spec.numberSystem() == NumberSystem.FP16_NEON;
    real = half ? new RoundedArithmetic(Formats.BINARY16) : single;
  }

  /**
   * The dot product of activations and weights.
   *
   * @param activations K numbers
   * @param weights K codes w, which stand for w - 2^(weightBits-1)
   * @param scales the scale of each weight
   * @param zeros the zero term of each weight, or none
   * @return code of the number system
   */
  public long dot(double[] activations, int[] weights, double[] scales, double[] zeros) {
    int padded = spec.paddedInputs(activations.length);
    double[] a = new double[padded];
    int[] w = new int[padded];
    Arrays.fill(w, 1 << (spec.weightBits() - 1));
    for (int k = 0; k < activations.length; k++) {
      a[k] = real.round(activations[k]);
      w[k] = weights[k];
    }
    return real.code(spec.unified() ? unified(a, w, scales[0]) : scaled(a, w, scales, zeros));
  }

  /** One activation scale for all of K: the planes are plain integers. */
  private double unified(double[] a, int[] w, double weightScale) {
    Group group = group(a, 0, a.length);
    double[] planes = new double[spec.weightBits()];
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane] = Arrays.stream(lookups(a, w, plane, 0, a.length, group)).sum();
    }
    double scaled = single.multiply(combine(planes), group.scale);
    double corrected = single.add(scaled, single.multiply(group.bias, 0.5));
    return single.multiply(corrected, real.round(weightScale));
  }

  private double scaled(double[] a, int[] w, double[] scales, double[] zeros) {
    double[] planes = new double[spec.weightBits()];
    for (int tile = 0; tile < a.length; tile += spec.tileInputs()) {
      double scale = real.round(scales[tile]);
      for (int plane = 0; plane < planes.length; plane++) {
        planes[plane] = real.fma(tile(a, w, plane, tile), scale, planes[plane]);
      }
      if (zeros.length != 0) {
        double twiceBias = real.multiply(2, bias(a, tile));
        planes[0] = real.fma(real.round(zeros[tile]), twiceBias, planes[0]);
      }
    }
    return combine(planes);
  }

  private double combine(double[] planes) {
    double sum = single.multiply(planes[0], 0.5);
    for (int plane = 1; plane < planes.length; plane++) {
      sum = single.add(sum, single.multiply(planes[plane], 1 << (plane - 1)));
    }
    return sum;
  }

  /** The activation groups of a tile, one after the other. */
  private double tile(double[] a, int[] w, int plane, int tile) {
    double sum = groupSum(a, w, plane, tile);
    int length = spec.activationGroup();
    for (int from = tile + length; from < tile + spec.tileInputs(); from += length) {
      sum = real.add(sum, groupSum(a, w, plane, from));
    }
    return sum;
  }

  private double bias(double[] a, int tile) {
    double sum = -0.0;
    int length = spec.activationGroup();
    for (int from = tile; from < tile + spec.tileInputs(); from += length) {
      sum = real.add(sum, group(a, from, length).bias);
    }
    return sum;
  }

  private double groupSum(double[] a, int[] w, int plane, int from) {
    int length = spec.activationGroup();
    Group group = group(a, from, length);
    int[] lookups = lookups(a, w, plane, from, length, group);
    if (spec.aggregation() == Aggregation.EXACT) {
      return scaled(Arrays.stream(lookups).sum(), plane, group);
    }
    double scale = real.multiply(group.scale, lookups.length);
    return scaled(mean(lookups), plane, new Group(scale, fastBias(scale, group.bias)));
  }

  private double scaled(int sum, int plane, Group group) {
    return plane == 0 ? real.fma(sum, group.scale, group.bias) : real.multiply(sum, group.scale);
  }

  /** The averaging tree, as upstream's AVX2 kernel on bytes taken for unsigned ones. */
  private int mean(int[] lookups) {
    boolean unsigned =
        !half
            && (spec.aggregation() == Aggregation.FAST_AS_UPSTREAM
                || spec.aggregation() == Aggregation.FAST_UNSIGNED_AVERAGE);
    IntBinaryOperator node =
        unsigned
            ? (x, y) -> (byte) Math.floorDiv((x & 255) + (y & 255) + 1, 2)
            : (x, y) -> Math.floorDiv(x + y + 1, 2);
    int[] level = lookups;
    while (level.length > 1) {
      int[] next = new int[level.length / 2];
      for (int i = 0; i < next.length; i++) {
        next[i] = node.applyAsInt(level[2 * i], level[2 * i + 1]);
      }
      level = next;
    }
    return level[0];
  }

  /** Each level of the tree is a quarter too large in the mean; upstream counts whole units only. */
  private double fastBias(double scale, double bias) {
    double excess = Math.log(spec.lookupsPerSum()) / Math.log(2) / 4;
    if (spec.aggregation() == Aggregation.FAST_AS_UPSTREAM
        || spec.aggregation() == Aggregation.FAST_BIAS_DIVISION) {
      excess = Math.floor(Math.rint(excess * 4) / 4);
    } else {
      excess = Math.rint(excess * 4) / 4;
    }
    double planes = excess * ((1 << spec.weightBits()) - 1);
    return half
        ? real.round(single.subtract(bias, single.multiply(scale, planes)))
        : single.fma(-scale, planes, bias);
  }

  /** Scale and bias of the tables of an activation group. */
  private record Group(double scale, double bias) {}

  private Group group(double[] a, int from, int length) {
    double scale = 0;
    double bias = 0;
    for (int chunk = from; chunk < from + length; chunk += LookupTableSpec.CHUNK_INPUTS) {
      double largest = 0;
      double[] first = new double[8];
      for (int t = 0; t < 8; t++) {
        largest = Math.max(largest, magnitudes(a, chunk + 4 * t));
        first[t] = signedSum(a, chunk + 4 * t, new int[] {-1, -1, -1, -1});
      }
      scale = Math.max(scale, real.round(single.divide(largest, 127)));
      bias = real.round(single.add(bias, half ? inOrder(first) : inHalves(first)));
    }
    return new Group(scale, bias);
  }

  private double magnitudes(double[] a, int k) {
    double b0 = Math.abs(a[k]);
    double b1 = Math.abs(a[k + 1]);
    double b2 = Math.abs(a[k + 2]);
    double b3 = Math.abs(a[k + 3]);
    return half
        ? real.add(real.add(real.add(b0, b1), b2), b3)
        : real.add(real.add(b0, b1), real.add(b2, b3));
  }

  private double inOrder(double[] x) {
    return Arrays.stream(x).reduce(single::add).getAsDouble();
  }

  /** Eight lanes folded onto four, two and one. */
  private double inHalves(double[] x) {
    if (x.length == 1) {
      return x[0];
    }
    double[] folded = new double[x.length / 2];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = single.add(x[i], x[i + folded.length]);
    }
    return inHalves(folded);
  }

  /** What the lookups of one plane of weights give: signed sums of four activations, quantized. */
  private int[] lookups(double[] a, int[] w, int plane, int from, int length, Group group) {
    int[] result = new int[length / 4];
    for (int t = 0; t < result.length; t++) {
      int[] signs = new int[4];
      for (int k = 0; k < 4; k++) {
        signs[k] = 2 * (w[from + 4 * t + k] >> plane & 1) - 1;
      }
      result[t] = quantized(signedSum(a, from + 4 * t, signs), group.scale);
    }
    return result;
  }

  private double signedSum(double[] a, int k, int[] signs) {
    double sum = signs[0] * a[k];
    for (int i = 1; i < 4; i++) {
      sum = real.add(sum, signs[i] * a[k + i]);
    }
    return sum;
  }

  private int quantized(double sum, double scale) {
    if (scale == 0) {
      return 0;
    }
    double inverse = half ? real.round(twice.divide(1, scale)) : real.divide(1, scale);
    double nearest = Math.rint(real.multiply(sum, inverse));
    return (int) Math.max(-128, Math.min(127, nearest));
  }
}
