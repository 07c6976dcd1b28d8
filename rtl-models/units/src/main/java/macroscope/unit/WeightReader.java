package macroscope.unit;

import macroscope.format.IntegerFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Extent;
import macroscope.tensor.ScaleLevel;

/** Reads weights for a {@link LookupTableUnit}: unsigned codes, and scales and zero terms by tile. */
final class WeightReader {

  private final LookupTableSpec spec;
  private final LookupTableArithmetic arithmetic;

  /** What stands for 0: half of the codes. */
  private final int offset;

  WeightReader(LookupTableSpec spec, LookupTableArithmetic arithmetic) {
    this.spec = spec;
    this.arithmetic = arithmetic;
    offset = 1 << (spec.weightBits() - 1);
  }

  WeightPlanes read(EncodedMatrix b) {
    IntegerFormat format = element(b);
    for (ScaleLevel level : b.format().levels()) {
      if (level.extent() instanceof Extent.Group group) {
        requireGroup(group.length(), b.columns());
      } else if (level.extent() instanceof Extent.Tile tile) {
        requireGroup(tile.width(), b.columns());
      }
    }
    boolean shifted = !format.signed() && format.bits() == spec.weightBits();
    byte[] codes = codes(b, format, shifted ? 0 : offset);
    double unit = IeeeArithmetic.powerOfTwo(-format.fractionBits());
    boolean zeros = shifted || b.format().hasZeroPoints();
    return planes(
        b.rows(),
        b.columns(),
        codes,
        scales(b, unit),
        zeros ? zeros(b, unit, shifted ? offset : 0) : new float[0]);
  }

  private IntegerFormat element(EncodedMatrix b) {
    if (!(b.format().element() instanceof IntegerFormat format)
        || format.bits() > spec.weightBits()) {
      throw new IllegalArgumentException(
          "weights of a lookup-table unit must be integers of at most "
              + (spec.weightBits() + " bits: ")
              + b.format().element().name());
    }
    boolean shifted = !format.signed() && format.bits() == spec.weightBits();
    if (spec.unified() && (shifted || b.format().hasZeroPoints())) {
      throw new IllegalArgumentException(
          "weights must be signed and have no zero points where one activation scale covers all of K: "
              + b.format().name());
    }
    return format;
  }

  /** Signed codes sign-extended; one that stands for 0 becomes {@code zero}. */
  private static byte[] codes(EncodedMatrix b, IntegerFormat format, int zero) {
    int unused = Integer.SIZE - format.bits();
    byte[] codes = new byte[b.codes().length];
    for (int i = 0; i < codes.length; i++) {
      int code = (int) b.codes()[i];
      codes[i] = (byte) ((format.signed() ? code << unused >> unused : code) + zero);
    }
    return codes;
  }

  private float[] scales(EncodedMatrix b, double unit) {
    return byTile(b, (row, k) -> IeeeArithmetic.multiply64(b.scale(row, k), unit));
  }

  /** The zero terms (z - 2^(b-1)) * scale of unsigned codes, z * scale of signed ones. */
  private float[] zeros(EncodedMatrix b, double unit, int half) {
    return byTile(
        b,
        (row, k) -> {
          double zero = IeeeArithmetic.exact64(Math.toIntExact(b.zeroPoint(row, k)) - half);
          return IeeeArithmetic.multiply64(zero, IeeeArithmetic.multiply64(b.scale(row, k), unit));
        });
  }

  private interface TileValue {
    double at(int row, int k);
  }

  private float[] byTile(EncodedMatrix b, TileValue value) {
    float[] values = new float[tiles(b.columns()) * b.rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arithmetic.round(value.at(i % b.rows(), i / b.rows() * spec.tileInputs()));
    }
    return values;
  }

  WeightPlanes read(
      int rows, int columns, byte[] codes, int group, double[] scales, double[] zeros) {
    requireLength("codes", codes.length, rows * columns);
    for (byte code : codes) {
      if (code < 0 || code >= 2 * offset) {
        throw new IllegalArgumentException(
            "weight codes must be 0.." + (2 * offset - 1) + ": " + code);
      }
    }
    if (group != 0) {
      requireGroup(group, columns);
    }
    if (zeros.length != 0 && spec.unified()) {
      throw new IllegalArgumentException(
          "weights must have no zero points where one activation scale covers all of K");
    }
    int length = group == 0 ? columns : group;
    float[] zeroTerms =
        zeros.length == 0 ? new float[0] : byTile("zeros", zeros, rows, columns, length);
    return planes(rows, columns, codes, byTile("scales", scales, rows, columns, length), zeroTerms);
  }

  private float[] byTile(String what, double[] values, int rows, int columns, int group) {
    Extent.Group extent = new Extent.Group(group);
    requireLength(what, values.length, extent.count(rows, columns));
    float[] result = new float[tiles(columns) * rows];
    for (int i = 0; i < result.length; i++) {
      int k = i / rows * spec.tileInputs();
      result[i] = arithmetic.round(values[extent.index(i % rows, k, columns)]);
    }
    return result;
  }

  private WeightPlanes planes(int rows, int columns, byte[] codes, float[] scales, float[] zeros) {
    int tiles = tiles(columns);
    byte[] indices = new WeightPlanePacker(spec).pack(codes, rows, columns, tiles);
    return new WeightPlanes(rows, columns, tiles, indices, scales, zeros);
  }

  private int tiles(int columns) {
    return spec.paddedInputs(columns) / spec.tileInputs();
  }

  /** A group as long as a row is the scale of a row. */
  private void requireGroup(int group, int columns) {
    boolean fits = spec.weightGroup() != 0 && group % spec.weightGroup() == 0;
    if (!fits && group < columns) {
      throw new IllegalArgumentException(
          "weight scales of the unit cover "
              + (spec.weightGroup() == 0
                  ? "rows"
                  : "multiples of " + spec.weightGroup() + " inputs")
              + ": groups of "
              + group);
    }
  }

  private static void requireLength(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " must number " + expected + ": " + actual);
    }
  }
}
