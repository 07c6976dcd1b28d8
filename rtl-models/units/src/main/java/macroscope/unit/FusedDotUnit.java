package macroscope.unit;

import java.util.Optional;
import java.util.ServiceLoader;
import macroscope.format.FloatFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;
import macroscope.unit.Tiles.Tile;

/**
 * The dot product of tensor cores: exact products and the addend, aligned to the largest exponent
 * among them, truncated there, summed, rounded once.
 *
 * <p>Model: MMA-Sim (microsoft/MMA-Sim c785138), which agrees with published outputs of V100 to B200;
 * see also Fasi et al., PeerJ CS 7:e330 (2021). Terms, for one group:
 *
 * <ol>
 *   <li>NaN if any operand or the addend is NaN, for infinity times zero, and for infinities of both
 *       signs; else an infinity if there is one.
 *   <li>The largest exponent over all terms, un-normalised: a product has the sum of its operands'
 *       exponents, a zero operand -126, a subnormal the least exponent of its format.
 *   <li>Each term is cut to F fraction bits below it, toward zero; the sum of them is exact.
 *   <li>The sum is rounded once to the accumulator format; an exact zero is +0.
 * </ol>
 *
 * Groups of a pass, and passes, follow each other through the accumulator. {@link Alignment} offers
 * other readings of the second and third step.
 */
public final class FusedDotUnit implements DotProductUnit<SignificandPlanes> {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** Columns that share a strip: what is made once a strip does not count. */
  private static final int STRIP_COLUMNS = 16 * FusedDotKernel.COLUMNS;

  private final FusedDotSpec spec;
  private final FloatRounder rounder;
  private final PlainFusedDotKernel plain;
  private final FusedDotKernel kernel;

  /**
   * The unit on the fastest kernel of this JVM.
   *
   * @throws IllegalArgumentException if a significand has more than 31 bits, or the accumulator
   *     cannot hold what operands can be
   */
  public FusedDotUnit(FusedDotSpec spec) {
    this(spec, FusedDotUnit::fastest);
  }

  /** The unit on the kernel in plain Java, which gives the same bits. */
  public static FusedDotUnit plain(FusedDotSpec spec) {
    return new FusedDotUnit(spec, (s, rounder) -> Optional.empty());
  }

  /** The unit on a kernel that counts, which gives the same bits. */
  static FusedDotUnit counting(FusedDotSpec spec, LossCounter counter) {
    return new FusedDotUnit(
        spec, (s, rounder) -> Optional.of(new CountingFusedDotKernel(s, rounder, counter)));
  }

  private FusedDotUnit(FusedDotSpec spec, FusedDotKernel.Provider provider) {
    requireOperand("a", spec.a());
    requireOperand("b", spec.b());
    this.spec = spec;
    this.rounder =
        new FloatRounder(spec.accumulator(), spec.outputFractionBits(), spec.finalRounding());
    rounder.requireRoomForSpecials(spec.a());
    rounder.requireRoomForSpecials(spec.b());
    this.plain = new PlainFusedDotKernel(spec, rounder);
    this.kernel = provider.kernel(spec, rounder).orElse(plain);
  }

  private static void requireOperand(String which, FloatFormat format) {
    Widths.inRange(
        "fraction bits of operand " + which + " (" + format.name() + ")",
        format.fractionBits(),
        0,
        30);
  }

  private static Optional<FusedDotKernel> fastest(FusedDotSpec spec, FloatRounder rounder) {
    boolean usual = spec.alignment().equals(Alignment.USUAL);
    if (!usual || ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return Optional.empty();
    }
    ClassLoader loader = FusedDotKernel.class.getClassLoader();
    return ServiceLoader.load(FusedDotKernel.Provider.class, loader).stream()
        .flatMap(provider -> provider.get().kernel(spec, rounder).stream())
        .findFirst();
  }

  /** The kernel that computes, for reports of speed. */
  public Class<? extends FusedDotKernel> kernel() {
    return kernel.getClass();
  }

  @Override
  public FusedDotSpec spec() {
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
  public SignificandPlanes prepareA(EncodedMatrix a) {
    return prepareA(a, SignificandPlanes.Offsets.NONE);
  }

  @Override
  public SignificandPlanes prepareB(EncodedMatrix b) {
    return prepareB(b, SignificandPlanes.Offsets.NONE);
  }

  /** The left operand with more to its exponents. */
  SignificandPlanes prepareA(EncodedMatrix a, SignificandPlanes.Offsets offsets) {
    return SignificandPlanes.left(spec.a(), a, withZeros(spec.a(), a, offsets), kernel.form());
  }

  /** The right operand with more to its exponents. */
  SignificandPlanes prepareB(EncodedMatrix b, SignificandPlanes.Offsets offsets) {
    return SignificandPlanes.right(spec.b(), b, withZeros(spec.b(), b, offsets), kernel.form());
  }

  /** A zero that is no term has an exponent that nothing is aligned to. */
  private SignificandPlanes.Offsets withZeros(
      FloatFormat format, EncodedMatrix matrix, SignificandPlanes.Offsets offsets) {
    if (spec.alignment().zerosCount()) {
      return offsets;
    }
    FloatFields fields = new FloatFields(format);
    return (row, k) ->
        fields.zero(matrix.code(row, k)) ? PlainFusedDotKernel.NO_TERM : offsets.exponent(row, k);
  }

  @Override
  public void gemm(SignificandPlanes a, SignificandPlanes b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.layout().shape(), b.layout().shape(), fromK, toK);
    new Tiles(c.rows(), c.columns(), FusedDotKernel.ROWS, STRIP_COLUMNS)
        .forEach(tile -> strip(a, b, fromK, toK, c, tile));
  }

  private void strip(
      SignificandPlanes a, SignificandPlanes b, int fromK, int toK, Accumulators c, Tile tile) {
    var strip = kernel.strip(a, tile.fromRow(), tile.rows(), fromK, toK);
    long[] significands = new long[tile.rows() * FusedDotKernel.COLUMNS];
    int[] exponents = new int[significands.length];
    for (int from = tile.fromColumn(); from < tile.toColumn(); from += FusedDotKernel.COLUMNS) {
      int columns = Math.min(FusedDotKernel.COLUMNS, tile.toColumn() - from);
      for (int row = 0; row < tile.rows(); row++) {
        read(c, tile.fromRow() + row, from, columns, significands, exponents, row);
      }
      strip.accumulate(b, from, columns, significands, exponents);
      for (int row = 0; row < tile.rows(); row++) {
        int i = tile.fromRow() + row;
        write(a, i, b, from, columns, fromK, toK, c, significands, exponents, row);
      }
    }
  }

  private void read(
      Accumulators c, int i, int from, int columns, long[] significands, int[] exponents, int row) {
    for (int j = 0, at = row * FusedDotKernel.COLUMNS; j < columns; j++, at++) {
      rounder.read(c.codes()[i * c.columns() + from + j], significands, exponents, at);
    }
  }

  private void write(
      SignificandPlanes a,
      int i,
      SignificandPlanes b,
      int from,
      int columns,
      int fromK,
      int toK,
      Accumulators c,
      long[] significands,
      int[] exponents,
      int row) {
    boolean special = a.codes().special(i);
    int to = i * c.columns() + from;
    for (int j = 0, at = row * FusedDotKernel.COLUMNS; j < columns; j++, at++) {
      long code = c.codes()[to + j];
      if (special || b.codes().special(from + j)) {
        c.codes()[to + j] = withSpecials(a, i, b, from + j, fromK, toK, code);
      } else if (code != 0 && rounder.extreme(code) == Extreme.NAN) {
        c.codes()[to + j] = rounder.code(Extreme.NAN);
      } else {
        c.codes()[to + j] = rounder.code(significands[at], exponents[at]);
      }
    }
  }

  /** One element whose operands hold NaN or infinities, group by group. */
  private long withSpecials(
      SignificandPlanes a, int i, SignificandPlanes b, int j, int fromK, int toK, long addend) {
    long[] significand = new long[1];
    int[] exponent = new int[1];
    var tile = new PlainFusedDotKernel.Tile(j, 1, significand, exponent, 0);
    long code = addend;
    int end = fromK + (toK - fromK + length() - 1) / length() * length();
    for (int k = fromK; k < end; k += spec.groupLength()) {
      int stop = Math.min(k + spec.groupLength(), toK);
      Extreme extreme =
          CodeRows.ofProducts(a.codes(), i, b.codes(), j, k, stop).plus(rounder.extreme(code));
      if (extreme == Extreme.NONE) {
        rounder.read(code, significand, exponent, 0);
        plain.group(a, i, b, k, toK, tile);
        code = rounder.code(significand[0], exponent[0]);
      } else {
        code = rounder.code(extreme);
      }
    }
    return code;
  }

  @Override
  public Pipeline pipeline() {
    return FusedDotHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return FusedDotHardware.inventory(spec);
  }
}
