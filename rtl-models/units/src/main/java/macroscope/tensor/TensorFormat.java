package macroscope.tensor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.hardware.Widths;

/**
 * How a matrix is stored: an element format and levels of scales, outermost first. MX has one level,
 * NVFP4 two, plain integers per channel one, a cast to binary16 none.
 *
 * @param name the scheme as the user writes it: {@code int4:group32}, {@code mxfp4}, {@code
 *     e4m3fn:channel}
 * @param element format of one element
 * @param levels scale levels, outermost first
 * @param coding what the codes of elements that share a scale have to do with each other
 */
public record TensorFormat(
    String name, NumberFormat element, List<ScaleLevel> levels, Coding coding) {

  public TensorFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(element, "element");
    Objects.requireNonNull(coding, "coding");
    levels = List.copyOf(levels);
    for (int level = 1; level < levels.size(); level++) {
      Extent outer = levels.get(level - 1).extent();
      Extent inner = levels.get(level).extent();
      if (!outer.contains(inner)) {
        throw new IllegalArgumentException(
            name + ": each scale level must lie within the one before: " + inner + " in " + outer);
      }
      if (levels.get(level - 1).rule() == ScaleRule.SEARCH) {
        throw new IllegalArgumentException(
            name + ": only the innermost scale can be searched: " + outer);
      }
    }
    requireZeroPoints(name, element, levels, coding);
    if (coding instanceof Coding.Pruned) {
      SparseMatrix.zero(element);
    }
    if (coding instanceof Coding.Vectors vectors) {
      requireWholeVectors(name, vectors, levels);
    }
    if (coding instanceof Coding.BinaryCoded && !levels.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": planes have factors and no other scales: " + levels);
    }
    if (coding instanceof Coding.MixedBlocks mixed) {
      requireWider(name, element, mixed);
    }
    if (levels.isEmpty() && !standsAlone(coding)) {
      throw new IllegalArgumentException(name + ": a coding of groups needs a scale: " + coding);
    }
  }

  private static void requireWholeVectors(
      String name, Coding.Vectors vectors, List<ScaleLevel> levels) {
    for (ScaleLevel level : levels) {
      int run = level.extent().run(Integer.MAX_VALUE);
      if (run < Integer.MAX_VALUE && run % vectors.dimension() != 0) {
        throw new IllegalArgumentException(
            name + ": a scale must span whole vectors of " + vectors.dimension() + ": " + run);
      }
      if (level.rule() == ScaleRule.SEARCH) {
        throw new IllegalArgumentException(name + ": scales of vectors cannot be searched");
      }
    }
  }

  private static void requireWider(String name, NumberFormat element, Coding.MixedBlocks mixed) {
    if (!(element instanceof IntegerFormat wide) || wide.bits() <= mixed.low().bits()) {
      throw new IllegalArgumentException(
          name
              + ": blocks of more bits must be integers of more than "
              + mixed.low().bits()
              + " bits: "
              + element.name());
    }
    Widths.inRange("bits of a block of many", wide.bits(), 3, 16);
  }

  private static boolean standsAlone(Coding coding) {
    return coding instanceof Coding.Single
        || coding instanceof Coding.Pruned
        || coding instanceof Coding.Vectors
        || coding instanceof Coding.BinaryCoded;
  }

  private static void requireZeroPoints(
      String name, NumberFormat element, List<ScaleLevel> levels, Coding coding) {
    boolean integers =
        element instanceof IntegerFormat integer
            && integer.fractionBits() == 0
            && !integer.symmetric()
            && integer.bits() <= 32;
    for (int level = 0; level < levels.size(); level++) {
      boolean allowed = integers && coding instanceof Coding.Single && level == levels.size() - 1;
      if (levels.get(level).zeroPoint().isPresent() && !allowed) {
        throw new IllegalArgumentException(
            name
                + ": zero points are for the innermost scale and integers of at most 32 bits that"
                + " use all codes: "
                + element.name());
      }
    }
  }

  /** Whether each innermost scale has a zero point beside it. */
  public boolean hasZeroPoints() {
    return !levels.isEmpty() && levels.get(levels.size() - 1).zeroPoint().isPresent();
  }

  /** A format whose elements do not depend on each other but for their scales. */
  public TensorFormat(String name, NumberFormat element, List<ScaleLevel> levels) {
    this(name, element, levels, new Coding.Single());
  }

  /**
   * This format of vectors with codebooks.
   *
   * @throws IllegalArgumentException if it is none, or the codebooks do not fit it
   */
  public TensorFormat withCodebooks(List<VectorCodebook> codebooks) {
    if (coding instanceof Coding.Vectors v) {
      return new TensorFormat(
          name,
          element,
          levels,
          new Coding.Vectors(v.dimension(), v.indexBits(), v.stored(), codebooks));
    }
    throw new IllegalArgumentException(name + " has no codebooks of vectors");
  }

  /**
   * This format of blocks of two widths with what was learnt of channels.
   *
   * @throws IllegalArgumentException if it is none
   */
  public TensorFormat withPlan(ChannelPlan plan) {
    if (coding instanceof Coding.MixedBlocks m) {
      Coding planned =
          new Coding.MixedBlocks(m.low(), m.block(), m.choice(), m.sorted(), Optional.of(plan));
      return new TensorFormat(name, element, levels, planned);
    }
    throw new IllegalArgumentException(name + " has no blocks of two widths");
  }

  /** Stored bits an element of a rows x columns matrix, scales and selectors included. */
  public double bitsPerElement(int rows, int columns) {
    double scaleBits = 0;
    int groups = 1;
    for (ScaleLevel level : levels) {
      groups = level.extent().count(rows, columns);
      scaleBits += (double) level.bits() * groups;
    }
    return coding.elementBits(element, rows, columns, groups)
        + scaleBits / ((double) rows * columns);
  }

  /** How many consecutive elements of a row of {@code columns} share all scales. */
  public int run(int columns) {
    return levels.isEmpty() ? columns : levels.get(levels.size() - 1).extent().run(columns);
  }
}
