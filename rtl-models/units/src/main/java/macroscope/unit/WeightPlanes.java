package macroscope.unit;

/**
 * The bit planes of a matrix of weights in the order in which a {@link LookupTableUnit} reads them.
 *
 * <p>A byte of {@code indices} is two table indices: its low half the bits of weights k..k+3 of one
 * plane, bit i that of weight k+i, its high half those of weights k+4..k+7. Bytes are ordered by
 * tile, row, plane and position in the tile.
 *
 * @param rows N
 * @param columns K as given
 * @param tiles tiles of a row
 * @param indices tiles * rows * planes * (tables of a tile / 2) bytes
 * @param scales tiles * rows scales, tile by tile, in the unit's number system
 * @param zeros tiles * rows zero terms (z - 2^(b-1)) * scale, or empty if weights are symmetric
 */
public record WeightPlanes(
    int rows, int columns, int tiles, byte[] indices, float[] scales, float[] zeros)
    implements LookupTableOperand {

  /** Whether weights have zero points. */
  public boolean hasZeros() {
    return zeros.length != 0;
  }
}
