package macroscope.tensor;

import java.util.Arrays;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/** A table of vectors of one dimension, whose indices stand for several elements at a time. */
public final class VectorCodebook {

  private final int dimension;
  private final NumberFormat stored;
  private final double[] entries;
  private final boolean wired;
  private final NearestVectors search;

  /**
   * A codebook whose entries are rounded once, to nearest even.
   *
   * @param stored format that the table is kept in
   * @param dimension elements of a vector
   * @param entries the vectors one after the other, at least two
   * @throws IllegalArgumentException if the entries are no whole number of vectors, or one is NaN
   */
  public static VectorCodebook rounded(NumberFormat stored, int dimension, double[] entries) {
    double[] values =
        Arrays.stream(entries)
            .map(
                x ->
                    stored.decodeDouble(
                        stored.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE)))
            .toArray();
    return new VectorCodebook(stored, dimension, values, false);
  }

  /**
   * The 256 entries of E8P as hardware keeps them: eight elements of four bits, the first lowest, each
   * twice its magnitude below a sign.
   */
  public static long[] entriesOfE8p() {
    return new E8pLattice().words();
  }

  /** The points of E8P (QuIP#, arXiv 2402.04396), in the order of their codes; the same for all matrices. */
  public static VectorCodebook e8p() {
    return E8pHolder.BOOK;
  }

  /** Made when it is first asked for: the search among 2^16 points takes a while to build. */
  private static final class E8pHolder {
    static final VectorCodebook BOOK =
        new VectorCodebook(Formats.BINARY16, E8pLattice.DIMENSION, new E8pLattice().points(), true);
  }

  private VectorCodebook(NumberFormat stored, int dimension, double[] entries, boolean wired) {
    Widths.positive("dimension", dimension);
    if (entries.length < 2 * dimension || entries.length % dimension != 0) {
      throw new IllegalArgumentException(
          "entries must make two vectors of " + dimension + " or more: " + entries.length);
    }
    if (!Arrays.stream(entries).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("entries must be finite");
    }
    this.dimension = dimension;
    this.stored = stored;
    this.entries = entries;
    this.wired = wired;
    search = new NearestVectors(dimension, entries);
  }

  /** Elements of a vector. */
  public int dimension() {
    return dimension;
  }

  /** Number of vectors. */
  public int size() {
    return entries.length / dimension;
  }

  /** Bits of an index. */
  public int indexBits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(size() - 1);
  }

  /** Bits that the table takes beside a matrix: none if it is the same for all. */
  public long tableBits() {
    return wired ? 0 : (long) entries.length * stored.bits();
  }

  /** One element of a vector. */
  public double element(int index, int position) {
    return entries[index * dimension + position];
  }

  /**
   * The index of the vector nearest to {@code x[at..at + dimension)}: by the sum of squared
   * differences in double precision, first to last; of equal ones the first.
   */
  public int nearest(double[] x, int at) {
    return search.nearest(x, at).index();
  }

  /** The same for the same vectors, in any run of the program. */
  @Override
  public String toString() {
    return size() + " vectors of " + dimension + ", " + Arrays.hashCode(entries);
  }
}
