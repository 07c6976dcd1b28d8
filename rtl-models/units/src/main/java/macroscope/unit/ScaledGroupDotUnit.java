package macroscope.unit;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.Tiles.Tile;

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
  private final PlainScaledGroups plain;
  private final Optional<RunSumKernel> kernel;

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
    this.plain = new PlainScaledGroups(spec, rounder);
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
        int unit =
            scales.exponent(scale)
                - spec.scale().fractionBits()
                - PlainScaledGroups.unitExponent(format);
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
    boolean fast = kernel.isPresent() && fromK % spec.groupLength() == 0;
    int width = fast ? FusedDotKernel.COLUMNS : OperandShape.BLOCK;
    new Tiles(c.rows(), c.columns(), FusedDotKernel.ROWS, width)
        .forEach(
            tile -> {
              long[] significands = new long[tile.rows() * width];
              int[] exponents = new int[significands.length];
              read(c, tile, width, significands, exponents);
              accumulate(fast, a, b, fromK, toK, tile, significands, exponents);
              for (int i = 0; i < tile.rows(); i++) {
                for (int j = 0, at = i * width; j < tile.columns(); j++, at++) {
                  boolean nan = nanRows[tile.fromRow() + i] || nanColumns[tile.fromColumn() + j];
                  int to = tile.start(i, c.columns()) + j;
                  c.codes()[to] = code(c.codes()[to], significands[at], exponents[at], nan);
                }
              }
            });
  }

  private void read(Accumulators c, Tile tile, int width, long[] significands, int[] exponents) {
    for (int i = 0; i < tile.rows(); i++) {
      for (int j = 0, at = i * width; j < tile.columns(); j++, at++) {
        rounder.read(c.codes()[tile.start(i, c.columns()) + j], significands, exponents, at);
      }
    }
  }

  private void accumulate(
      boolean fast,
      Operand a,
      Operand b,
      int fromK,
      int toK,
      Tile tile,
      long[] significands,
      int[] exponents) {
    int passes = (toK - fromK + length() - 1) / length();
    int end = fromK + passes * length();
    int row = tile.fromRow();
    int rows = tile.rows();
    int column = tile.fromColumn();
    int columns = tile.columns();
    if (fast) {
      RealPlanes x = a.reals.orElseThrow();
      RealPlanes y = b.reals.orElseThrow();
      kernel
          .orElseThrow()
          .accumulate(
              x, row, rows, y, column, columns, fromK, end, passes, significands, exponents);
    } else {
      int block = column / OperandShape.BLOCK;
      plain.accumulate(a, row, rows, b, block, columns, fromK, end, significands, exponents);
    }
  }

  private long code(long before, long significand, int exponent, boolean nan) {
    return nan || rounder.extreme(before) == Extreme.NAN
        ? rounder.code(Extreme.NAN)
        : rounder.code(significand, exponent);
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
