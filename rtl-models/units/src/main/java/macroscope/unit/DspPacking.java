package macroscope.unit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import macroscope.format.IntegerFormat;

/**
 * How narrow products share the multiplier of a DSP slice. Several numbers stand in each port, apart
 * by so many bits; their product holds each product of two of them in a lane of its own:
 *
 * <pre>
 *   (sum of a_i 2^p_i) (sum of b_j 2^q_j) = sum of a_i b_j 2^(p_i + q_j)
 * </pre>
 *
 * A negative lane borrows one from the lane above, which gets it back when lanes are read: its field
 * plus the highest bit below it ({@link #lanes}). Lanes have room for some products more, so that many
 * can be added in the slice, or along a cascade of slices, before they are read.
 */
public enum DspPacking {
  /** One product a slice. */
  PLAIN(DspSlice.DSP48E1, new int[] {0}, new int[] {0}, 1, "int8", "int8"),
  /**
   * Two INT8 products that share an operand, 16 bits apart, in the 25 bits of a DSP48E1: lanes have no
   * room for a second product.
   */
  INT8_DSP48E1(DspSlice.DSP48E1, new int[] {0}, new int[] {0, 16}, 1, "int8", "int8"),
  /**
   * Two INT8 products that share an operand, 18 bits apart: seven can be added up (Xilinx
   * WP486, Deep learning with INT8 optimization).
   */
  INT8_DSP48E2(DspSlice.DSP48E2, new int[] {0}, new int[] {0, 18}, 1, "int8", "int8"),
  /**
   * The four products of two and two INT4 numbers, 11 and 22 bits apart: three bits of room (Xilinx
   * WP521; offsets as in Sommer et al., DSP-Packing, FPL 2022, arXiv 2203.11028).
   */
  INT4_DSP48E2(DspSlice.DSP48E2, new int[] {0, 11}, new int[] {0, 22}, 1, "int4", "int4"),
  /** The same in a DSP48E1: 10 and 20 bits apart, two bits of room. */
  INT4_DSP48E1(DspSlice.DSP48E1, new int[] {0, 10}, new int[] {0, 20}, 1, "int4", "int4"),
  /** The INT8 mode of a DSP58: a dot product of three, 9 by 8 bits each (AM004). */
  INT8_DSP58(DspSlice.DSP58, new int[] {0}, new int[] {0}, 3, "int8", "int8");

  /** Operands of an element of {@link #INT8_DSP58}. */
  private static final int DOT_WIDE_BITS = 9;

  private static final int DOT_NARROW_BITS = 8;

  private final DspSlice slice;
  private final int[] offsetsA;
  private final int[] offsetsB;
  private final int elements;
  private final String usualA;
  private final String usualB;

  DspPacking(
      DspSlice slice, int[] offsetsA, int[] offsetsB, int elements, String usualA, String usualB) {
    this.slice = slice;
    this.offsetsA = offsetsA;
    this.offsetsB = offsetsB;
    this.elements = elements;
    this.usualA = usualA;
    this.usualB = usualB;
  }

  /** The packing of a name in lower case: {@code int8_dsp48e2}. */
  static DspPacking named(String name) {
    return Arrays.stream(values())
        .filter(packing -> packing.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "packing must be one of "
                        + String.join(", ", Arrays.stream(values()).map(DspPacking::label).toList())
                        + ": "
                        + name));
  }

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The slice that it needs, at least. */
  public DspSlice slice() {
    return slice;
  }

  /** Rows of the left operand that are multiplied at a time. */
  public int rows() {
    return offsetsA.length;
  }

  /** Rows of the right operand, which are output columns, that are multiplied at a time. */
  public int columns() {
    return offsetsB.length;
  }

  /** Dot products that a slice works for at a time. */
  public int outputs() {
    return rows() * columns();
  }

  /** Products of one dot product that a slice does at a time. */
  public int elements() {
    return elements;
  }

  /** Bits from one number of the left operand to the next in its port; 0 where there is one. */
  public int stepA() {
    return rows() == 1 ? 0 : offsetsA[1];
  }

  /** Bits from one number of the right operand to the next in its port; 0 where there is one. */
  public int stepB() {
    return columns() == 1 ? 0 : offsetsB[1];
  }

  String usualA() {
    return usualA;
  }

  String usualB() {
    return usualB;
  }

  /** Where the lane of row i and column j begins. */
  private int offset(int i, int j) {
    return offsetsA[i] + offsetsB[j];
  }

  /** Offsets of all lanes, ascending. */
  private int[] offsets() {
    return IntStream.range(0, rows())
        .flatMap(i -> IntStream.range(0, columns()).map(j -> offset(i, j)))
        .sorted()
        .toArray();
  }

  /** Bits of the narrowest lane. */
  public int laneBits() {
    int[] starts = offsets();
    int narrowest = slice.accumulatorBits() - starts[starts.length - 1];
    for (int lane = 1; lane < starts.length; lane++) {
      narrowest = Math.min(narrowest, starts[lane] - starts[lane - 1]);
    }
    return narrowest;
  }

  /**
   * Products that each lane can hold the sum of, whatever they are.
   *
   * @throws IllegalArgumentException if the formats do not fit the ports, or not one product a lane
   */
  public int mostProducts(IntegerFormat a, IntegerFormat b) {
    requirePorts(a, b);
    int bits = laneBits();
    SumRange product = SumRange.ofFormats(a, b, 1);
    long positive = ((1L << (bits - 1)) - 1) / Math.max(1, product.most().longValueExact());
    long negative = (1L << (bits - 1)) / Math.max(1, -product.least().longValueExact());
    long most = Math.min(positive, negative);
    if (most < elements) {
      throw new IllegalArgumentException(
          label() + " has lanes of " + bits + " bits: " + a.name() + " by " + b.name());
    }
    return (int) Math.min(most, Integer.MAX_VALUE);
  }

  private void requirePorts(IntegerFormat a, IntegerFormat b) {
    boolean dot = elements > 1;
    require("a", a, offsetsA, dot ? DOT_WIDE_BITS : slice.narrowBits());
    require("b", b, offsetsB, dot ? DOT_NARROW_BITS : slice.wideBits());
  }

  private void require(String operand, IntegerFormat format, int[] offsets, int portBits) {
    SumRange packed = SumRange.ZERO;
    SumRange one = SumRange.ofNumbers(format);
    for (int offset : offsets) {
      packed = packed.plus(one.times(BigInteger.ONE.shiftLeft(offset)));
    }
    if (packed.bits() > portBits) {
      throw new IllegalArgumentException(
          label()
              + " has room for "
              + portBits
              + " bits of operand "
              + operand
              + ", "
              + format.name()
              + " needs "
              + packed.bits());
    }
  }

  /** What stands in the port of the left operand: one number for each row. */
  long packA(long[] numbers) {
    return pack(numbers, offsetsA);
  }

  /** What stands in the port of the right operand: one number for each column. */
  long packB(long[] numbers) {
    return pack(numbers, offsetsB);
  }

  private static long pack(long[] numbers, int[] offsets) {
    long packed = 0;
    for (int i = 0; i < offsets.length; i++) {
      packed += numbers[i] << offsets[i];
    }
    return packed;
  }

  /**
   * The sums of all lanes, row by row, from what the accumulator of the slice holds. Of each lane's
   * field the bits above its own are dropped after the borrow is given back.
   */
  long[] lanes(long accumulator) {
    int[] starts = offsets();
    List<Long> ascending = new ArrayList<>();
    for (int lane = 0; lane < starts.length; lane++) {
      int end = lane + 1 < starts.length ? starts[lane + 1] : slice.accumulatorBits();
      long borrow = lane == 0 ? 0 : accumulator >>> (starts[lane] - 1) & 1;
      long field = (accumulator >>> starts[lane]) + borrow;
      int unused = Long.SIZE - (end - starts[lane]);
      ascending.add(field << unused >> unused);
    }
    long[] sums = new long[outputs()];
    for (int i = 0; i < rows(); i++) {
      for (int j = 0; j < columns(); j++) {
        sums[i * columns() + j] = ascending.get(Arrays.binarySearch(starts, offset(i, j)));
      }
    }
    return sums;
  }
}
