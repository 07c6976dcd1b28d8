package macroscope.unit;

import java.util.Arrays;

/** Packs unsigned weight codes into bit planes: the bits of one plane of eight weights to a byte. */
final class WeightPlanePacker {

  private static final int BYTE_INPUTS = 8;

  private final int planes;
  private final int tileInputs;

  WeightPlanePacker(LookupTableSpec spec) {
    planes = spec.weightBits();
    tileInputs = spec.tileInputs();
  }

  /**
   * The indices of a matrix in the order of {@link WeightPlanes}. Missing columns of the last tile are
   * padded with the code that stands for 0; they meet tables of zeros.
   *
   * @param codes rows * columns unsigned codes below 2^planes, row-major
   */
  byte[] pack(byte[] codes, int rows, int columns, int tiles) {
    byte[] row = new byte[tiles * tileInputs];
    int tileBytes = planes * tileInputs / BYTE_INPUTS;
    byte[] indices = new byte[Math.multiplyExact(Math.multiplyExact(tiles, rows), tileBytes)];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(codes, r * columns, row, 0, columns);
      Arrays.fill(row, columns, row.length, (byte) (1 << (planes - 1)));
      for (int tile = 0; tile < tiles; tile++) {
        packTile(row, tile * tileInputs, indices, (tile * rows + r) * tileBytes);
      }
    }
    return indices;
  }

  private void packTile(byte[] row, int from, byte[] indices, int at) {
    int planeBytes = tileInputs / BYTE_INPUTS;
    for (int k = 0; k < tileInputs; k++) {
      int code = row[from + k];
      for (int plane = 0; plane < planes; plane++) {
        int bit = code >> plane & 1;
        indices[at + plane * planeBytes + k / BYTE_INPUTS] |= (byte) (bit << k % BYTE_INPUTS);
      }
    }
  }
}
