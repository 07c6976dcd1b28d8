package macroscope.unit;

import java.util.Optional;
import macroscope.tensor.Sparsity;

/**
 * Parameters of a sparse matrix unit: of one operand it is given the kept elements and metadata, of
 * the other it selects those that meet them, and multiplies these pairs as the dense unit does (PTX
 * ISA, {@code mma.sp}, {@code wgmma.mma_async.sp}, {@code tcgen05.mma.sp}).
 *
 * <p>No vectors from outside exist for these units: they are the definition of the metadata, then the
 * rule of the dense instruction with as many products as are kept, which is an assumption.
 *
 * @param name preset or descriptive name
 * @param dense the unit that adds the kept products; scales of blocks are those of kept elements
 * @param sparsity which elements along K may be other than zero
 * @param side the sparse operand: left in instructions, right where weights are sparse
 */
public record SparseDotSpec(String name, UnitSpec dense, Sparsity sparsity, Side side)
    implements UnitSpec {

  /** An operand of a product. */
  public enum Side {
    LEFT,
    RIGHT
  }

  @Override
  public Optional<UnitSpec> base() {
    return Optional.of(dense);
  }
}
