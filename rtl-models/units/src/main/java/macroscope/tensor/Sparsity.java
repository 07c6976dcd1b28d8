package macroscope.tensor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import macroscope.hardware.Widths;

/**
 * Structured sparsity along K: of every {@code group} elements of a row at most {@code kept} are not
 * zero, in cells of {@code cell} neighbours that are kept or dropped together.
 *
 * <p>Sparse tensor cores know {@code 2of4}, {@code 1of2} (tf32) and {@code 4of8pairs} (4-bit elements:
 * two of four pairs; PTX ISA, {@code mma.sp}). Others are for hardware that does not exist. A last
 * group that is shorter counts as filled up with zeros.
 *
 * @param kept elements of a group that may be other than zero
 * @param group elements
 * @param cell elements that are chosen together: 1, or 2 for pairs
 */
public record Sparsity(int kept, int group, int cell) {

  private static final Pattern NAME = Pattern.compile("(\\d{1,2})of(\\d{1,2})(pairs)?");

  /** Selectors of a group of binary32 words are those of its halves in PTX: four bits for two. */
  private static final int HALVES_BITS = 4;

  public Sparsity {
    Widths.inRange("elements of a sparse group", group, 2, 64);
    Widths.inRange("kept elements of a sparse group", kept, 1, group - 1);
    Widths.inRange("elements chosen together", cell, 1, 2);
    if (kept % cell != 0 || group % cell != 0) {
      throw new IllegalArgumentException(
          "pairs need even numbers: " + kept + " of " + group + " elements");
    }
  }

  /** Whether a name has the shape of one: {@code 2of4}, {@code 4of8pairs}. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The sparsity of a name.
   *
   * @throws IllegalArgumentException if it is none, or its numbers are out of range
   */
  public static Sparsity parse(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "a sparsity is <kept>of<group> or <kept>of<group>pairs, as in 2of4: " + name);
    }
    int cell = Optional.ofNullable(m.group(3)).isPresent() ? 2 : 1;
    return new Sparsity(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), cell);
  }

  /** As {@link #parse} reads it. */
  public String name() {
    return kept + "of" + group + (cell == 2 ? "pairs" : "");
  }

  /** Cells of a group. */
  public int cells() {
    return group / cell;
  }

  /** Cells of a group that are kept. */
  public int keptCells() {
    return kept / cell;
  }

  /** Groups of a row, the last one filled up. */
  public int groups(int columns) {
    return (columns + group - 1) / group;
  }

  /** Kept elements of a row. */
  public int keptOf(int columns) {
    return Math.multiplyExact(groups(columns), kept);
  }

  /** Bits that say which cell of a group one is. */
  public int selectorBits() {
    return Widths.ceilLog2(cells());
  }

  /**
   * Bits of metadata of a group: a selector for each kept cell. One of two counts four bits, since PTX
   * takes it as two of four halves of a word.
   */
  public int metadataBits() {
    return kept == 1 && group == 2 ? HALVES_BITS : keptCells() * selectorBits();
  }
}
