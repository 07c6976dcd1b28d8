package macroscope.unit;

import java.util.List;
import java.util.Objects;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.hardware.Widths;

/**
 * Parameters of a unit for weights that are indices of vectors (VPTQ, arXiv 2409.17066; AQLM, arXiv
 * 2401.06118; QuIP#, arXiv 2402.04396): each vector is the sum of one entry of every codebook.
 *
 * @param name descriptive name
 * @param a format of the activations: any float that binary32 holds
 * @param dimension elements of a vector
 * @param indexBits of each codebook
 * @param stored format that codebooks are kept in
 * @param form what the codebooks are for
 * @param scale where scales of the weights are applied
 * @param table format of the entries of activation tables
 * @param length products of a pass, a multiple of the dimension
 * @param reuse outputs that each unit computes from one activation table
 * @param book what the entries are
 */
public record CodebookSpec(
    String name,
    FloatFormat a,
    int dimension,
    List<Integer> indexBits,
    FloatFormat stored,
    Form form,
    Scale scale,
    FloatFormat table,
    int length,
    int reuse,
    Book book)
    implements UnitSpec {

  /** What the entries of codebooks are. */
  public enum Book {
    /** Any numbers, kept in a table. */
    STORED,
    /** The points of E8P: one of 256 entries, signs and a shift, worked out from an index of 16 bits. */
    E8P
  }

  /** The two datapaths. */
  public enum Form {
    /**
     * Decode, then multiply: entries are read and added up (each sum rounded to the stored format, to
     * nearest even), and their elements go through a chain of fused multiply-adds in binary32.
     */
    DECODE,
    /**
     * Tables of activations: the dot product of each vector of activations with every entry (a chain
     * of fused multiply-adds in binary32 from zero, rounded to the table's format) is found once and
     * looked up by index; results are added in binary32. No multiplication a weight.
     */
    ACTIVATION_TABLES
  }

  /** Where scales of the weights are applied. */
  public enum Scale {
    /** To decoded elements: the scale and each product are rounded to the stored format. */
    BEFORE,
    /** To sums, as {@link ScaledGemm} does it. AQLM's kernels multiply each output by its row's scale. */
    AFTER
  }

  public CodebookSpec {
    Objects.requireNonNull(form, "form");
    if (book == Book.E8P && (dimension != 8 || !indexBits.equals(List.of(16)))) {
      throw new IllegalArgumentException(
          "points of E8P have dimension 8 and one index of 16 bits: "
              + dimension
              + ", "
              + indexBits);
    }
    if (scale == Scale.BEFORE && form != Form.DECODE) {
      throw new IllegalArgumentException(
          "scales go before the multiplication where vectors are decoded: " + form);
    }
    indexBits = List.copyOf(indexBits);
    requireWithinBinary32("a", a);
    requireWithinBinary32("stored", stored);
    requireWithinBinary32("table", table);
    Widths.inRange("dimension", dimension, 1, 64);
    Widths.inRange("codebooks", indexBits.size(), 1, 8);
    indexBits.forEach(bits -> Widths.inRange("index bits", bits, 1, 16));
    Widths.inRange("length", length, 1, 1024);
    Widths.inRange("reuse", reuse, 1, 1 << 16);
    if (length % dimension != 0) {
      throw new IllegalArgumentException(
          "length must be a multiple of the dimension " + dimension + ": " + length);
    }
  }

  private static void requireWithinBinary32(String which, FloatFormat format) {
    FloatFormat widest = Formats.BINARY32;
    boolean fits =
        format.fractionBits() <= widest.fractionBits()
            && format.maxExponent() <= widest.maxExponent()
            && format.minExponent() - format.fractionBits()
                >= widest.minExponent() - widest.fractionBits();
    if (!fits) {
      throw new IllegalArgumentException(
          which + " must be a float format that binary32 holds: " + format.name());
    }
  }

  /** Vectors of a pass. */
  public int vectors() {
    return length / dimension;
  }
}
