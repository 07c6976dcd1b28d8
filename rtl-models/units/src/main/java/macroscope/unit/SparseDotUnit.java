package macroscope.unit;

import java.util.Arrays;
import java.util.Optional;
import macroscope.format.NumberFormat;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.SparseMatrix;

/**
 * Products of a matrix with structured sparsity: metadata select the elements of the dense operand
 * that meet the kept ones, and the dense unit adds {@code kept / group} of all products, in the order
 * of the metadata. What is not kept is no product, not a product of zero.
 *
 * <p>An operand that is given whole is compressed and must have the sparsity ({@link
 * SparseMatrix#compress}). Passes and K count the elements of whole matrices.
 *
 * @param <P> the operand form of the dense unit
 */
public final class SparseDotUnit<P> implements DotProductUnit<SparseDotUnit.Operand> {

  private final SparseDotSpec spec;
  private final DotProductUnit<P> dense;
  private final OperandPair formats;

  private SparseDotUnit(SparseDotSpec spec, DotProductUnit<P> dense) {
    this.spec = spec;
    this.dense = dense;
    if (dense.length() % spec.sparsity().kept() != 0) {
      throw new IllegalArgumentException(
          "a pass of "
              + dense.length()
              + " products must hold whole groups of "
              + spec.sparsity().kept()
              + " kept elements");
    }
    boolean takesCodes =
        dense.scaleSupport() == ScaleSupport.NONE || dense.scaleSupport() == ScaleSupport.GROUPS;
    this.formats =
        OperandPair.of(spec.dense())
            .filter(any -> takesCodes)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "sparsity needs a unit that multiplies codes: " + spec.dense().name()));
  }

  /**
   * The unit of these parameters.
   *
   * @throws IllegalArgumentException if passes of the dense unit cut groups, or it is no unit that
   *     multiplies codes
   */
  public static SparseDotUnit<?> of(SparseDotSpec spec) {
    return on(spec, Units.create(spec.dense()));
  }

  private static <P> SparseDotUnit<P> on(SparseDotSpec spec, DotProductUnit<P> dense) {
    return new SparseDotUnit<>(spec, dense);
  }

  /** Either operand: whole, and what is kept of it if it is the sparse one. */
  public static final class Operand {
    private final SparseSelection selection;
    private final Optional<SparseMatrix> sparse;

    Operand(SparseSelection selection, Optional<SparseMatrix> sparse) {
      this.selection = selection;
      this.sparse = sparse;
    }

    OperandShape shape() {
      return new OperandShape(selection.matrix().rows(), selection.matrix().columns());
    }
  }

  @Override
  public SparseDotSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return dense.length() / spec.sparsity().kept() * spec.sparsity().group();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return dense.accumulatorFormat();
  }

  @Override
  public int partialSumBits() {
    return dense.partialSumBits();
  }

  @Override
  public ScaleSupport scaleSupport() {
    return dense.scaleSupport();
  }

  /** Activations are dense. */
  @Override
  public DotProductUnit<?> ofActivations() {
    return dense.ofActivations();
  }

  @Override
  public Operand prepareA(EncodedMatrix a) {
    return prepare(a, SparseDotSpec.Side.LEFT);
  }

  @Override
  public Operand prepareB(EncodedMatrix b) {
    return prepare(b, SparseDotSpec.Side.RIGHT);
  }

  private Operand prepare(EncodedMatrix matrix, SparseDotSpec.Side side) {
    boolean left = side == SparseDotSpec.Side.LEFT;
    OperandFormats.require(left ? formats.a() : formats.b(), matrix.format().element());
    return new Operand(
        selection(matrix),
        side == spec.side()
            ? Optional.of(SparseMatrix.compress(spec.sparsity(), matrix))
            : Optional.empty());
  }

  private SparseSelection selection(EncodedMatrix matrix) {
    boolean scaled = dense.scaleSupport() == ScaleSupport.GROUPS;
    return new SparseSelection(matrix, spec.sparsity(), scaled);
  }

  /**
   * The sparse operand with metadata of one's own, in place of {@link #prepareA} or {@link #prepareB};
   * it has no scales.
   *
   * @throws IllegalArgumentException if it has another sparsity
   */
  public Operand prepare(SparseMatrix matrix) {
    if (!matrix.sparsity().equals(spec.sparsity())) {
      throw new IllegalArgumentException(
          "sparsity must be " + spec.sparsity().name() + ": " + matrix.sparsity().name());
    }
    return new Operand(selection(matrix.expand()), Optional.of(matrix));
  }

  @Override
  public void gemm(Operand a, Operand b, int fromK, int toK, Accumulators c) {
    c.requireShape(accumulatorFormat(), a.shape(), b.shape(), fromK, toK);
    int group = spec.sparsity().group();
    if (fromK % group != 0 || (toK % group != 0 && toK != a.shape().depth())) {
      throw new IllegalArgumentException(
          "sums must begin and end at multiples of " + group + " in K: " + fromK + ".." + toK);
    }
    if (spec.side() == SparseDotSpec.Side.LEFT) {
      for (int i = 0; i < c.rows(); i++) {
        left(a, i, b, fromK, toK, c);
      }
    } else {
      for (int j = 0; j < c.columns(); j++) {
        right(a, b, j, fromK, toK, c);
      }
    }
  }

  /** A row of the result: one sparse row of A with what it selects of every column of B. */
  private void left(Operand a, int i, Operand b, int fromK, int toK, Accumulators c) {
    SparseMatrix sparse = a.sparse.orElseThrow();
    int from = spec.sparsity().keptOf(fromK);
    int to = spec.sparsity().keptOf(toK);
    P left = dense.prepareA(a.selection.kept(sparse, i, from, to));
    P right = dense.prepareB(b.selection.chosen(sparse, i, from, to));
    long[] codes = Arrays.copyOfRange(c.codes(), i * c.columns(), (i + 1) * c.columns());
    dense.gemm(left, right, 0, to - from, new Accumulators(c.format(), 1, codes.length, codes));
    System.arraycopy(codes, 0, c.codes(), i * c.columns(), codes.length);
  }

  /** A column of the result: what one sparse row of B selects of every row of A. */
  private void right(Operand a, Operand b, int j, int fromK, int toK, Accumulators c) {
    SparseMatrix sparse = b.sparse.orElseThrow();
    int from = spec.sparsity().keptOf(fromK);
    int to = spec.sparsity().keptOf(toK);
    P left = dense.prepareA(a.selection.chosen(sparse, j, from, to));
    P right = dense.prepareB(b.selection.kept(sparse, j, from, to));
    long[] codes = new long[c.rows()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = c.codes()[i * c.columns() + j];
    }
    dense.gemm(left, right, 0, to - from, new Accumulators(c.format(), codes.length, 1, codes));
    for (int i = 0; i < codes.length; i++) {
      c.codes()[i * c.columns() + j] = codes[i];
    }
  }

  @Override
  public Pipeline pipeline() {
    return dense.pipeline().after("select");
  }

  @Override
  public Inventory inventory() {
    NumberFormat whole = spec.side() == SparseDotSpec.Side.LEFT ? formats.b() : formats.a();
    return SparseHardware.inventory(spec, dense, whole.bits());
  }
}
