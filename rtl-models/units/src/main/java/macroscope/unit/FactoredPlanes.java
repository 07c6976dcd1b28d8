package macroscope.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.format.FloatFormat;
import macroscope.format.IntegerFormat;
import macroscope.tensor.Coding;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.EncodedPlanes;
import macroscope.tensor.Extent;

/**
 * Weights as a unit with real factors reads them: binary-coded ones as they are, integers with their
 * scales as LUT-GEMM converts uniform quantization, plane j worth {@code s 2^(j-1)} and the offset what
 * zero points and the halves of signed digits make.
 */
final class FactoredPlanes {

  private final BitSerialSpec spec;

  FactoredPlanes(BitSerialSpec spec) {
    this.spec = spec;
  }

  /**
   * The planes and factors, each factor rounded once to its format.
   *
   * @throws IllegalArgumentException if the weights have other planes, groups or an offset of their own
   */
  BitSerialOperand.Planes read(EncodedMatrix b) {
    EncodedPlanes planes = b.planes().orElseGet(() -> ofIntegers(b));
    Coding.BinaryCoded coding = planes.coding();
    if (coding.planes() != spec.planes()) {
      throw new IllegalArgumentException(
          "planes of weights must be " + spec.planes() + ": " + coding.planes());
    }
    if (coding.offset() && !spec.factors().offset()) {
      throw new IllegalArgumentException(
          "weights have an offset, the unit has none: " + b.format().name());
    }
    requireGroups(coding.extent(), planes.columns());
    return BitSerialOperand.Planes.of(
        planes, factors(planes), spec.table().inputs(), spec.length());
  }

  private void requireGroups(Extent extent, int columns) {
    int run = extent.run(columns);
    int inputs = spec.factors().inputs();
    if (run < columns && (inputs == 0 || run % inputs != 0)) {
      throw new IllegalArgumentException(
          "factors of weights must be those of "
              + (inputs == 0 ? "rows" : "groups that are multiples of " + inputs)
              + ": "
              + run);
    }
  }

  /** By row, group of the unit and plane. */
  private float[] factors(EncodedPlanes planes) {
    RoundedReals real = new RoundedReals(format());
    int inputs = spec.factors().inputs() == 0 ? planes.columns() : spec.factors().inputs();
    int groups = (planes.columns() + inputs - 1) / inputs;
    int each = spec.planes() + (spec.factors().offset() ? 1 : 0);
    float[] factors = new float[planes.rows() * groups * each];
    for (int row = 0; row < planes.rows(); row++) {
      for (int group = 0; group < groups; group++) {
        int of = planes.group(row, group * inputs);
        for (int plane = 0; plane < planes.factors().size(); plane++) {
          int at = (row * groups + group) * each + plane;
          factors[at] = real.round(planes.factors().get(plane)[of]);
        }
      }
    }
    return factors;
  }

  private FloatFormat format() {
    return spec.factors().format().orElseThrow();
  }

  private EncodedPlanes ofIntegers(EncodedMatrix b) {
    if (!(b.format().element() instanceof IntegerFormat format)
        || format.fractionBits() != 0
        || format.bits() > 8) {
      throw new IllegalArgumentException(
          "weights must be binary-coded planes or integers: " + b.format().name());
    }
    Extent extent = extent(b);
    Coding.BinaryCoded coding =
        new Coding.BinaryCoded(format.bits(), extent, Optional.of(format()), true);
    byte[] signs = new byte[b.codes().length];
    int flipped = format.signed() ? 1 << (format.bits() - 1) : 0;
    for (int i = 0; i < signs.length; i++) {
      signs[i] = (byte) (b.codes()[i] ^ flipped);
    }
    return new EncodedPlanes(coding, b.rows(), b.columns(), signs, factors(b, format, extent));
  }

  /** A group of the innermost scale; rows where scales do not change along K. */
  private static Extent extent(EncodedMatrix b) {
    int run =
        b.format().levels().stream()
            .mapToInt(level -> level.extent().run(b.columns()))
            .min()
            .orElse(b.columns());
    return run < b.columns() ? new Extent.Group(run) : new Extent.Row();
  }

  /** Twice what planes and offset are worth is an integer times the scale; halving it is exact. */
  private static List<double[]> factors(EncodedMatrix b, IntegerFormat format, Extent extent) {
    int planes = format.bits();
    List<double[]> factors = new ArrayList<>();
    for (int plane = 0; plane <= planes; plane++) {
      factors.add(new double[extent.count(b.rows(), b.columns())]);
    }
    long middle = format.signed() ? -1 : (1L << planes) - 1;
    for (int group = 0; group < factors.get(0).length; group++) {
      Extent.Region region = extent.region(group, b.rows(), b.columns());
      double scale = b.scale(region.row(), region.column());
      long offset = middle - 2 * b.zeroPoint(region.row(), region.column());
      for (int plane = 0; plane < planes; plane++) {
        factors.get(plane)[group] = halves(scale, 1L << plane);
      }
      factors.get(planes)[group] = halves(scale, offset);
    }
    return factors;
  }

  private static double halves(double scale, long count) {
    return IeeeArithmetic.multiply64(
        IeeeArithmetic.multiply64(scale, IeeeArithmetic.exact64(count)),
        IeeeArithmetic.powerOfTwo(-1));
  }
}
