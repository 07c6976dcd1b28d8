package macroscope.unit;

import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;

/**
 * The dot product of NVFP4 and MXFP4 instructions. For one pass:
 *
 * <ol>
 *   <li>NaN if the addend or a scale is NaN; an infinite addend passes.
 *   <li>Each group of products is added exactly: P.
 *   <li>A term is P times the significands of both scales of its block, with the sum of their
 *       exponents, whatever P is: a term may be far above that exponent, or zero and still be what
 *       others are aligned to. A subnormal scale has the least exponent, a zero scale -126.
 *   <li>Terms and addend are cut to F fraction bits below the largest exponent, toward zero; their
 *       sum is exact and rounded once.
 * </ol>
 *
 * Model: MMA-Sim (microsoft/MMA-Sim c785138), which stops at an infinite addend; that it passes is
 * assumed.
 *
 * <p>Width proof. A group sum has at most 31 bits, a scale significand at most 8, so a term has at
 * most 47; its fraction bits are those of the least product and of both scales, so that shifting left
 * to F <= 40 needs at most 47 + 40 bits less these: checked to be at most 61 by the constructor.
 */
public final class ScaledGroupDotUnit implements DotProductUnit<ScaledGroupDotUnit.Operand> {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private final ScaledGroupDotSpec spec;
  private final FloatRounder rounder;
  private final Optional<RunSumKernel> kernel;

  /** Fraction bits of a term: its value is {@code integer * 2^(exponent - termFractionBits)}. */
  private final int termFractionBits;

  private final int addendShift;

  /**
   * The unit on the fastest kernel of this JVM.
   *
   * @throws IllegalArgumentException if a term or the sum does not fit 62 bits
   */
  public ScaledGroupDotUnit(ScaledGroupDotSpec spec) {
    this(spec, ScaledGroupDotUnit::fastest);
  }

  /** The unit in plain Java, which gives the same bits. */
  public static ScaledGroupDotUnit plain(ScaledGroupDotSpec spec) {
    return new ScaledGroupDotUnit(spec, (runs, rounder) -> Optional.empty());
  }

  private ScaledGroupDotUnit(ScaledGroupDotSpec spec, RunSumKernel.Provider provider) {
    this.spec = spec;
    FloatFormat output = spec.accumulator();
    this.rounder = new FloatRounder(output, output.fractionBits(), spec.finalRounding());
    rounder.requireRoomForSpecials(spec.scale());
    this.termFractionBits =
        unitExponent(spec.a()) + unitExponent(spec.b()) + 2 * spec.scale().fractionBits();
    this.addendShift = spec.keptFractionBits() - output.fractionBits();
    int termBits = ScaledGroupHardware.termBits(spec);
    int shifted = termBits + Math.max(0, spec.keptFractionBits() - termFractionBits);
    int sum = ScaledGroupHardware.sumBits(spec);
    Widths.inRange("bits of an aligned term", shifted, 1, 61);
    Widths.inRange("bits of the aligned sum", sum, 1, 61);
    boolean fits = RealPlanes.fit(spec.scale());
    this.kernel = fits ? provider.kernel(AlignedRuns.of(spec), rounder) : Optional.empty();
  }

  private static Optional<RunSumKernel> fastest(AlignedRuns runs, FloatRounder rounder) {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return Optional.empty();
    }
    ClassLoader loader = RunSumKernel.class.getClassLoader();
    return ServiceLoader.load(RunSumKernel.Provider.class, loader).stream()
        .flatMap(provider -> provider.get().kernel(runs, rounder).stream())
        .findFirst();
  }

  /** Whether a kernel on vectors computes. */
  public boolean vectorized() {
    return kernel.isPresent();
  }

  /** Numbers of the format are integers times 2^-this. */
  private static int unitExponent(FloatFormat format) {
    return format.fractionBits() - format.minExponent();
  }

  /** The integer that a code stands for, in units of the least subnormal. */
  private static long integer(FloatFields fields, FloatFormat format, long code) {
    return fields.zero(code)
        ? 0
        : fields.significand(code) << (fields.exponent(code) - format.minExponent());
  }

  /**
   * An operand.
   *
   * @param integers its elements in fixed point, filled up to whole passes
   * @param reals the same with their scales, if a kernel reads them
   * @param scales scale of each block
   * @param depth K before it was filled up
   */
  public record Operand(
      IntegerPlanes integers, Optional<RealPlanes> reals, BlockScales scales, int depth) {
    OperandShape shape() {
      return new OperandShape(integers.shape().rows(), depth);
    }
  }

  @Override
  public ScaledGroupDotSpec spec() {
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
  public ScaleSupport scaleSupport() {
    return ScaleSupport.GROUPS;
  }

  @Override
  public Operand prepareA(EncodedMatrix a) {
    BlockScales scales = scales(spec.a(), a);
    FloatFields fields = new FloatFields(spec.a());
    LongUnaryOperator integer = x -> integer(fields, spec.a(), x);
    var integers = IntegerPlanes.left(scales.padded(), integer);
    var reals = kernel.map(k -> reals(spec.a(), scales, integer, Layout::rowMajor));
    return new Operand(integers, reals, scales, a.columns());
  }

  @Override
  public Operand prepareB(EncodedMatrix b) {
    BlockScales scales = scales(spec.b(), b);
    FloatFields fields = new FloatFields(spec.b());
    LongUnaryOperator integer = x -> integer(fields, spec.b(), x);
    var integers = IntegerPlanes.right(scales.padded(), integer);
    var reals = kernel.map(k -> reals(spec.b(), scales, integer, Layout::depthMajor));
    return new Operand(integers, reals, scales, b.columns());
  }

  /** Elements times their scales, in runs of a group. */
  private RealPlanes reals(
      FloatFormat format,
      BlockScales scales,
      LongUnaryOperator integer,
      BiFunction<Integer, Integer, Layout> layout) {
    EncodedMatrix codes = scales.padded();
    int n = spec.groupLength();
    RealPlanes planes =
        new RealPlanes(
            layout.apply(codes.rows(), codes.columns()),
            layout.apply(codes.rows(), codes.columns() / n));
    for (int row = 0; row < codes.rows(); row++) {
      for (int k = 0; k < codes.columns(); k++) {
        int scale = scales.index(row, k);
        long significand = scales.significand(scale);
        int unit = scales.exponent(scale) - spec.scale().fractionBits() - unitExponent(format);
        long element = integer.applyAsLong(codes.code(row, k));
        planes.set(planes.layout().index(row, k), significand * element, unit);
        if (k % n == 0) {
          planes.setRun(planes.runs().index(row, k / n), scales.exponent(scale), unit, significand);
        }
      }
    }
    return planes;
  }

  private BlockScales scales(FloatFormat format, EncodedMatrix matrix) {
    BlockScales scales = new BlockScales(matrix, spec.scale(), spec.blockLength(), length());
    CodeRows.requireCodes(format, scales.padded());
    return scales;
  }

  @Override
  public void gemm(Operand a, Operand b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.shape(), b.shape(), fromK, toK);
    boolean[] nanRows = a.scales.nanRows(fromK, toK);
    boolean[] nanColumns = b.scales.nanRows(fromK, toK);
    if (kernel.isPresent() && fromK % spec.groupLength() == 0) {
      new Tiles(c.rows(), c.columns(), FusedDotKernel.ROWS, FusedDotKernel.COLUMNS)
          .forEach(t -> tile(kernel.get(), a, nanRows, b, nanColumns, fromK, toK, c, t));
    } else {
      inPlainJava(a, nanRows, b, nanColumns, fromK, toK, c);
    }
  }

  private void tile(
      RunSumKernel fast,
      Operand a,
      boolean[] nanRows,
      Operand b,
      boolean[] nanColumns,
      int fromK,
      int toK,
      Accumulators c,
      Tiles.Tile t) {
    int passes = (toK - fromK + length() - 1) / length();
    int end = fromK + passes * length();
    long[] significands = new long[t.rows() * FusedDotKernel.COLUMNS];
    int[] exponents = new int[significands.length];
    for (int i = 0; i < t.rows(); i++) {
      for (int j = 0, at = i * FusedDotKernel.COLUMNS; j < t.columns(); j++, at++) {
        rounder.read(c.codes()[t.start(i, c.columns()) + j], significands, exponents, at);
      }
    }
    fast.accumulate(
        a.reals.orElseThrow(),
        t.fromRow(),
        t.rows(),
        b.reals.orElseThrow(),
        t.fromColumn(),
        t.columns(),
        fromK,
        end,
        passes,
        significands,
        exponents);
    for (int i = 0; i < t.rows(); i++) {
      for (int j = 0, at = i * FusedDotKernel.COLUMNS; j < t.columns(); j++, at++) {
        boolean nan = nanRows[t.fromRow() + i] || nanColumns[t.fromColumn() + j];
        int to = t.start(i, c.columns()) + j;
        c.codes()[to] = code(c.codes()[to], significands[at], exponents[at], nan);
      }
    }
  }

  private long code(long before, long significand, int exponent, boolean nan) {
    return nan || rounder.extreme(before) == Extreme.NAN
        ? rounder.code(Extreme.NAN)
        : rounder.code(significand, exponent);
  }

  private void inPlainJava(
      Operand a,
      boolean[] nanRows,
      Operand b,
      boolean[] nanColumns,
      int fromK,
      int toK,
      Accumulators c) {
    OperandShape columns = b.integers.shape();
    for (int block = 0; block < columns.blocks(); block++) {
      Tile tile = new Tile(columns.from(block), columns.width(block), spec.groups());
      for (int i = 0; i < c.rows(); i++) {
        int at = i * c.columns() + tile.from;
        tile.read(rounder, c.codes(), at);
        for (int k = fromK; k < toK; k += spec.length()) {
          pass(a, i, b, block, k, tile);
        }
        for (int j = 0; j < tile.width; j++) {
          boolean nan = nanRows[i] || nanColumns[tile.from + j];
          c.codes()[at + j] =
              code(c.codes()[at + j], tile.significands[j], tile.exponents[j], nan);
        }
      }
    }
  }

  /** Accumulators of a run of columns, and the sums of the groups of a pass. */
  private static final class Tile {
    final int from;
    final int width;
    final long[] significands;
    final int[] exponents;
    final int[][] groups;

    Tile(int from, int width, int groups) {
      this.from = from;
      this.width = width;
      this.significands = new long[width];
      this.exponents = new int[width];
      this.groups = new int[groups][width];
    }

    void read(FloatRounder rounder, long[] codes, int at) {
      for (int j = 0; j < width; j++) {
        rounder.read(codes[at + j], significands, exponents, j);
      }
    }
  }

  private void pass(Operand a, int i, Operand b, int block, int fromK, Tile tile) {
    int n = spec.groupLength();
    for (int g = 0; g < tile.groups.length; g++) {
      int k = fromK + g * n;
      Arrays.fill(tile.groups[g], 0);
      IntegerPlanes.addProducts(a.integers, i, b.integers, block, k, k + n, tile.groups[g]);
    }
    int[] scales = new int[tile.groups.length];
    for (int g = 0; g < scales.length; g++) {
      scales[g] = a.scales.index(i, fromK + g * n);
    }
    for (int j = 0; j < tile.width; j++) {
      align(a.scales, scales, b.scales, fromK, tile, j);
    }
  }

  /** The terms of one column: group sums with their scales, and the addend. */
  private void align(BlockScales a, int[] scalesA, BlockScales b, int fromK, Tile tile, int j) {
    int n = spec.groupLength();
    int row = tile.from + j;
    int largest = tile.exponents[j];
    for (int g = 0; g < scalesA.length; g++) {
      int exponent = a.exponent(scalesA[g]) + b.exponent(b.index(row, fromK + g * n));
      largest = Math.max(largest, exponent);
    }
    long sum = aligned(tile.significands[j], addendShift + tile.exponents[j] - largest);
    int lift = spec.keptFractionBits() - termFractionBits - largest;
    for (int g = 0; g < scalesA.length; g++) {
      int scaleB = b.index(row, fromK + g * n);
      long scale = a.significand(scalesA[g]) * b.significand(scaleB);
      int up = lift + a.exponent(scalesA[g]) + b.exponent(scaleB);
      sum += aligned(tile.groups[g][j] * scale, up);
    }
    int unit = largest - spec.keptFractionBits();
    rounder.round(sum, unit, tile.significands, tile.exponents, j);
  }

  /** {@code x * 2^up}, toward zero. */
  private static long aligned(long x, int up) {
    return up >= 0 ? x << up : AlignedSum.truncate(x, -up);
  }

  @Override
  public Pipeline pipeline() {
    return ScaledGroupHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return ScaledGroupHardware.inventory(spec);
  }
}
