package macroscope.tensor;

import java.util.Arrays;
import java.util.Objects;
import macroscope.format.Conversion;
import macroscope.format.ElementEncoding;
import macroscope.format.IntegerFormat;
import macroscope.format.Overflow;
import macroscope.format.Rounding;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * Brings real matrices to a tensor format: scales from the elements by each level's rule, then one
 * encoding an element, which saturates unless told otherwise.
 *
 * <p>In double operations, in this order, so that another program can reproduce every code: the
 * scales as {@link ScaleRule} says; {@code s} = product of the scales, outermost first; code =
 * encode(x / s), with a zero point z clamp(round(x / s) + z). Elements under a zero scale have the code
 * of zero. Where elements depend on each
 * other, {@link Coding} says how.
 *
 * @param format what the matrices become
 * @param encoding of the elements; scales always round to nearest, ties to even
 */
public record Quantizer(TensorFormat format, ElementEncoding encoding) {

  public Quantizer {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(encoding, "encoding");
  }

  /** Elements round as told, and saturate. */
  public Quantizer(TensorFormat format, Rounding rounding) {
    this(format, Conversion.of(rounding, Overflow.SATURATE));
  }

  /** Quantizes with rounding to nearest, ties to even. */
  public static EncodedMatrix quantize(TensorFormat format, double[] x, int rows, int columns) {
    return new Quantizer(format, RoundingMode.TIES_TO_EVEN).quantize(x, rows, columns);
  }

  /**
   * Quantizes a row-major rows x columns matrix.
   *
   * @throws IllegalArgumentException if the length of {@code x} does not fit or an element is NaN or
   *     infinite
   */
  public EncodedMatrix quantize(double[] x, int rows, int columns) {
    requireFinite(x, rows, columns);
    if (format.coding() instanceof Coding.Vectors vectors) {
      Scaler scaler = new Scaler(format, encoding, x, rows, columns).find();
      double[] quotients = quotients(scaler, x, columns);
      return EncodedMatrix.of(
          format, vectors(vectors).quantize(quotients, rows, columns), scaler.scales());
    }
    if (format.coding() instanceof Coding.BinaryCoded coded) {
      return EncodedMatrix.of(format, new BinaryCoder(coded).encode(x, rows, columns));
    }
    if (format.coding() instanceof Coding.Rearranged) {
      return rearranged(ChannelOrder.byNorm(x, rows, columns), x, rows, columns);
    }
    if (format.coding() instanceof Coding.MixedBlocks mixed) {
      return mixed(new MixedBlockQuantizer(mixed, x, columns), x, rows, columns);
    }
    double[] kept = pruned(x, rows, columns);
    return encode(kept, rows, columns, new Scaler(format, encoding, kept, rows, columns).find());
  }

  private EncodedMatrix mixed(MixedBlockQuantizer blocks, double[] x, int rows, int columns) {
    Quantizer planned = new Quantizer(format.withPlan(blocks.plan()), encoding);
    double[] ordered = blocks.ordered(x);
    Scaler scaler = new Scaler(planned.format, encoding, ordered, rows, columns).find();
    return blocks.clamped(planned.encode(ordered, rows, columns, scaler));
  }

  /** The values of {@link #quantize(double[], int, int)}. */
  public double[] apply(double[] x, int rows, int columns) {
    return quantize(x, rows, columns).decode();
  }

  /**
   * As {@link #quantize(double[], int, int)} with the order of the columns given instead of found: that
   * of the other operand of a product.
   *
   * @throws IllegalArgumentException if the order is one of another number of columns, or the format
   *     is one of vectors or of blocks of two widths, whose order is their own
   */
  public EncodedMatrix quantizeIn(ChannelOrder order, double[] x, int rows, int columns) {
    requireFinite(x, rows, columns);
    boolean own =
        format.coding() instanceof Coding.Vectors || format.coding() instanceof Coding.MixedBlocks;
    if (own) {
      throw new IllegalArgumentException(format.name() + " takes no order from another matrix");
    }
    if (order.columns() != columns) {
      throw new IllegalArgumentException(
          "ordered columns must number " + columns + ": " + order.columns());
    }
    return format.coding() instanceof Coding.Rearranged
        ? rearranged(order, x, rows, columns)
        : quantize(order.apply(x), rows, columns).inOrder(order);
  }

  /**
   * The elements divided by their scales: what {@link #quantize(double[], int, int)} encodes of each,
   * 0 under a scale of zero. Codebooks are learnt from these.
   *
   * @throws IllegalArgumentException as there
   */
  public double[] quotients(double[] x, int rows, int columns) {
    requireFinite(x, rows, columns);
    double[] kept = pruned(x, rows, columns);
    return quotients(new Scaler(format, encoding, kept, rows, columns).find(), kept, columns);
  }

  private static double[] quotients(Scaler scaler, double[] x, int columns) {
    double[] quotients = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double scale = scaler.product(i / columns, i % columns);
      quotients[i] = scale == 0 ? 0 : x[i] / scale;
    }
    return quotients;
  }

  private VectorFormat vectors(Coding.Vectors vectors) {
    if (vectors.codebooks().isEmpty()) {
      throw new IllegalArgumentException(
          format.name() + ": the codebooks must be learnt from the matrix first");
    }
    return new VectorFormat(format.name(), vectors.codebooks());
  }

  private EncodedMatrix rearranged(ChannelOrder order, double[] x, int rows, int columns) {
    double[] ordered = order.apply(x);
    return encode(
            ordered, rows, columns, new Scaler(format, encoding, ordered, rows, columns).find())
        .inOrder(order);
  }

  /**
   * As {@link #quantize(double[], int, int)} with the outermost scale given instead of found: a
   * static activation scale, or the tensor scale of a matrix that {@code x} is a part of. It must be
   * a scale for the whole tensor.
   */
  public EncodedMatrix quantizeUnder(double tensorScale, double[] x, int rows, int columns) {
    requireFinite(x, rows, columns);
    if (format.levels().isEmpty() || !(format.levels().get(0).extent() instanceof Extent.Tensor)) {
      throw new IllegalArgumentException(format.name() + " has no scale for the whole tensor");
    }
    if (!(tensorScale > 0) || Double.isInfinite(tensorScale)) {
      throw new IllegalArgumentException("tensor scale must be positive: " + tensorScale);
    }
    double[] kept = pruned(x, rows, columns);
    Scaler scaler = new Scaler(format, encoding, kept, rows, columns).findUnder(tensorScale);
    return encode(kept, rows, columns, scaler);
  }

  /** What scales are found from: all of it, unless the format prunes. */
  private double[] pruned(double[] x, int rows, int columns) {
    if (format.coding() instanceof Coding.OneZeroOfFour) {
      requireFours(columns);
      return OneZeroEncoder.zeroed(x);
    }
    return format.coding() instanceof Coding.Pruned pruned
        ? new MagnitudePruning(pruned.sparsity()).prune(x, rows, columns)
        : x;
  }

  private void requireFours(int columns) {
    if (columns % Coding.OneZeroOfFour.GROUP != 0) {
      throw new IllegalArgumentException(
          format.name() + ": columns must be a multiple of 4: " + columns);
    }
  }

  private EncodedMatrix encode(double[] x, int rows, int columns, Scaler scaler) {
    if (format.hasZeroPoints() && format.element() instanceof IntegerFormat element) {
      return encodeFromZeroPoints(x, rows, columns, scaler, element);
    }
    GroupEncoder encoder = format.coding().encoder(format.element(), encoding);
    long zero = format.element().encodeDouble(0, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    long[] codes = new long[x.length];
    int run = format.run(columns);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k += run) {
        int start = r * columns + k;
        double scale = scaler.product(r, k);
        if (scale == 0 && !(format.coding() instanceof Coding.OneZeroOfFour)) {
          Arrays.fill(codes, start, start + Math.min(run, columns - k), zero);
        } else {
          encoder.encode(x, start, start + Math.min(run, columns - k), scale, codes);
        }
      }
    }
    return new EncodedMatrix(format, rows, columns, codes, scaler.scales());
  }

  private EncodedMatrix encodeFromZeroPoints(
      double[] x, int rows, int columns, Scaler scaler, IntegerFormat element) {
    ZeroPointEncoder encoder = new ZeroPointEncoder(element, encoding);
    Extent extent = format.levels().get(format.levels().size() - 1).extent();
    long[] codes = new long[x.length];
    int run = format.run(columns);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k += run) {
        int start = r * columns + k;
        // Under a scale of zero all quotients are to be zero.
        double scale = scaler.product(r, k);
        double divisor = scale == 0 ? Double.POSITIVE_INFINITY : scale;
        long zero = scaler.zeroPoints()[extent.index(r, k, columns)];
        encoder.encode(x, start, start + Math.min(run, columns - k), divisor, zero, codes);
      }
    }
    return new EncodedMatrix(format, rows, columns, codes, scaler.scales(), scaler.zeroPoints());
  }

  static void requireFinite(double[] x, int rows, int columns) {
    Widths.positive("rows", rows);
    Widths.positive("columns", columns);
    if (x.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "elements must number " + rows + " x " + columns + ": " + x.length);
    }
    for (int i = 0; i < x.length; i++) {
      if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "element (" + i / columns + ", " + i % columns + ") must be finite: " + x[i]);
      }
    }
  }
}
