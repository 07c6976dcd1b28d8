package macroscope.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import macroscope.format.CodebookFormat;
import macroscope.format.ElementEncoding;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Widths;

/**
 * What the codes of elements that share a scale have to do with each other.
 *
 * <p>An {@link EncodedMatrix} holds codes of the format's element, which has every value that an
 * element may take. Where neighbours restrict each other, memory needs fewer bits than such a code
 * has; {@link #elementBits} counts those of memory.
 */
public sealed interface Coding {

  /** Every element on its own. */
  record Single() implements Coding {
    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      return element.bits();
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return new double[] {most(element)};
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return encoding.encoder(element)::encodeQuotients;
    }
  }

  /**
   * Each group of a scale chooses one of several codebooks, by the least sum of squared errors: small
   * floats whose useless negative zero is one of several special values (BitMoD, arXiv 2411.11745).
   * The element has the values of all codebooks ({@link #union}). Stored: a code of a codebook an element
   * and a selector a group.
   */
  record SpecialValue(List<CodebookFormat> codebooks) implements Coding {
    public SpecialValue {
      codebooks = List.copyOf(codebooks);
      Widths.positive("codebooks", codebooks.size());
    }

    /** An element format with all values. */
    public CodebookFormat union(String name) {
      double[] values =
          codebooks.stream()
              .flatMapToDouble(book -> book.values().stream().mapToDouble(v -> v))
              .distinct()
              .sorted()
              .toArray();
      return new CodebookFormat(name, DoubleStream.of(values).boxed().toList());
    }

    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      int code = codebooks.stream().mapToInt(CodebookFormat::bits).max().orElseThrow();
      int selector = Integer.SIZE - Integer.numberOfLeadingZeros(codebooks.size() - 1);
      return code + (double) selector * groups / ((double) rows * columns);
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return codebooks.stream().mapToDouble(Coding::most).distinct().toArray();
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return new SpecialValueEncoder(codebooks, (CodebookFormat) element, encoding);
    }
  }

  /**
   * Outlier-victim pairs (OliVe, arXiv 2304.07493): of two neighbours, where one lies beyond the normal
   * values the other is given up for it and becomes zero. Memory has the outlier's code in one half of
   * the pair and the code that no normal value uses in the other.
   *
   * @param bits of an element in memory
   * @param normal largest normal value
   */
  record OutlierVictim(int bits, double normal) implements Coding {
    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      return bits;
    }

    /** From absmax at the largest normal value to absmax at the largest outlier. */
    @Override
    public double[] reaches(NumberFormat element) {
      return new double[] {normal, 4 * normal};
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return new OutlierVictimEncoder(element, normal, encoding);
    }
  }

  /**
   * Every element on its own, the columns in {@link ChannelOrder} of their magnitudes, so that
   * outliers share blocks with outliers (Trukhanov and Soloveychik: Accurate Block Quantization in
   * LLMs with Outliers, arXiv 2403.20137). Stored: the place of each column, once for all rows.
   */
  record Rearranged() implements Coding {
    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      int place = Integer.SIZE - Integer.numberOfLeadingZeros(columns - 1);
      return element.bits() + (double) place / rows;
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return new Single().reaches(element);
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return new Single().encoder(element, encoding);
    }
  }

  /**
   * Every element on its own, after all but the largest of each group along K were pruned to zero
   * ({@link MagnitudePruning}). Stored: the kept elements and the metadata that say which they are.
   */
  record Pruned(Sparsity sparsity) implements Coding {
    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      double group = sparsity.kept() * element.bits() + sparsity.metadataBits();
      return group * sparsity.groups(columns) / columns;
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return new Single().reaches(element);
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return new Single().encoder(element, encoding);
    }
  }

  /**
   * Ternary weights of which exactly one of four neighbours is zero, that of the smallest magnitude, of
   * equal ones the first; the others are their signs, +1 where they are zero (Sherry, arXiv 2601.07892,
   * section 3: with the mean magnitude of the three as the scale the least squared error). Stored: 4 bits
   * for the places and a sign for four of them.
   */
  record OneZeroOfFour() implements Coding {
    static final int GROUP = 4;
    private static final int BITS_OF_GROUP = 5;

    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      return (double) BITS_OF_GROUP / GROUP;
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return new double[] {1};
    }

    @Override
    public int averaged(int columns) {
      return columns - columns / GROUP;
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return new OneZeroEncoder((IntegerFormat) element);
    }
  }

  /**
   * Vectors of elements along a row, each the sum of one entry of every codebook ({@link
   * VectorFormat}). Codebooks are learnt from the matrix that they stand for: until then a format has
   * none, and nothing can be quantized to it. Stored: the indices and the codebooks themselves.
   *
   * @param dimension elements of a vector
   * @param indexBits of each codebook, in the order in which residuals go through them
   * @param stored format that codebooks are kept in
   * @param codebooks the learnt ones; none before
   */
  record Vectors(
      int dimension, List<Integer> indexBits, NumberFormat stored, List<VectorCodebook> codebooks)
      implements Coding {
    public Vectors {
      Widths.inRange("elements of a vector", dimension, 1, 64);
      indexBits = List.copyOf(indexBits);
      codebooks = List.copyOf(codebooks);
      Widths.inRange("codebooks", indexBits.size(), 1, 8);
      indexBits.forEach(bits -> Widths.inRange("index bits", bits, 1, 16));
      if (!codebooks.isEmpty()) {
        requireShape(dimension, indexBits, codebooks);
      }
    }

    private static void requireShape(
        int dimension, List<Integer> indexBits, List<VectorCodebook> codebooks) {
      Widths.inRange("codebooks", codebooks.size(), indexBits.size(), indexBits.size());
      for (int stage = 0; stage < codebooks.size(); stage++) {
        Widths.inRange(
            "elements of a vector", codebooks.get(stage).dimension(), dimension, dimension);
        Widths.inRange(
            "entries of a codebook", codebooks.get(stage).size(), 2, 1 << indexBits.get(stage));
      }
    }

    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      int vectors = (columns + dimension - 1) / dimension;
      double indices = (double) indexBits.stream().mapToInt(i -> i).sum() * vectors / columns;
      return indices + tableBits() / ((double) rows * columns);
    }

    /** Of the codebooks as they are, or as they will be learnt. */
    private double tableBits() {
      return codebooks.isEmpty()
          ? indexBits.stream()
              .mapToDouble(bits -> (double) dimension * stored.bits() * (1 << bits))
              .sum()
          : codebooks.stream().mapToDouble(VectorCodebook::tableBits).sum();
    }

    /**
     * Scales bring elements to about 1, whatever the codebooks are; under E8P normal numbers lose least at
     * 1.03 (QuIP#, published code).
     */
    @Override
    public double[] reaches(NumberFormat element) {
      return new double[] {codebooks.contains(VectorCodebook.e8p()) ? E8pLattice.NORMAL_REACH : 1};
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      throw new IllegalArgumentException("vectors are not encoded element by element");
    }
  }

  /**
   * Binary-coded quantization (Guo et al., arXiv 1706.02021; Xu et al., arXiv 1802.00150; what LUT-GEMM,
   * arXiv 2206.09557, iFPU and FIGLUT multiply): elements are sums of -1 or 1 times the real factor of
   * each plane, which a row or a group has of its own, and of an offset. Stored: a bit of each plane an
   * element, and the factors.
   *
   * @param planes number of planes, 1..8
   * @param extent elements that share factors: a row or a group
   * @param stored format of factors; empty for real numbers, counted as 32 bits
   * @param offset whether each group has an offset, a factor of 1
   */
  record BinaryCoded(int planes, Extent extent, Optional<NumberFormat> stored, boolean offset)
      implements Coding {
    public BinaryCoded {
      Widths.inRange("planes", planes, 1, 8);
      if (!(extent instanceof Extent.Row) && !(extent instanceof Extent.Group)) {
        throw new IllegalArgumentException(
            "factors of planes are those of rows or groups: " + extent);
      }
    }

    /** Factors of a group, the offset included. */
    public int factors() {
      return planes + (offset ? 1 : 0);
    }

    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      double bits = (double) factors() * stored.map(NumberFormat::bits).orElse(32);
      return planes + bits * extent.count(rows, columns) / ((double) rows * columns);
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return new double[] {1};
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      throw new IllegalArgumentException("bit planes with factors are not encoded one by one");
    }
  }

  /**
   * Integers of two widths, in blocks of channels: blocks with outliers have more bits than the others
   * (FMPQ of COMET, Liu et al., arXiv 2410.12168, section 3.2: 128 channels, 4 and 8 bits). Each block
   * has a scale of its own, absmax at the largest number of its width. Which blocks have more bits is
   * given, or learnt from magnitudes of channels ({@link ChannelPlan}); if {@code sorted}, channels are
   * first brought in the order of these, so that outliers share blocks. Stored: elements in as many
   * bits as their block has, a flag for each block, and the place of each channel if they moved.
   *
   * @param low format of the blocks of few bits; the element has that of the others
   * @param block channels of a block; the last may be shorter
   * @param choice which blocks have more bits
   * @param sorted whether channels are brought in the order of their largest magnitudes
   * @param plan what was learnt; empty if each matrix is its own
   */
  record MixedBlocks(
      IntegerFormat low, int block, BlockChoice choice, boolean sorted, Optional<ChannelPlan> plan)
      implements Coding {
    public MixedBlocks {
      Widths.inRange("channels of a block", block, 1, 65_536);
      Widths.inRange("bits of a block of few", low.bits(), 2, 15);
    }

    /** Blocks of so many channels. */
    int blocks(int channels) {
      return (channels + block - 1) / block;
    }

    /** Without a plan the first blocks count as those of more bits. */
    @Override
    public double elementBits(NumberFormat element, int rows, int columns, int groups) {
      int blocks = blocks(columns);
      int most = choice.count(blocks);
      long bits = 0;
      for (int at = 0; at < blocks; at++) {
        int index = at;
        boolean high = plan.map(p -> p.high().contains(index)).orElse(at < most);
        int width = Math.min(block, columns - at * block);
        bits += (long) width * (high ? element.bits() : low.bits());
      }
      int place = sorted ? Integer.SIZE - Integer.numberOfLeadingZeros(columns - 1) : 0;
      return (double) bits / columns
          + (double) blocks / ((double) rows * columns)
          + (double) place / rows;
    }

    @Override
    public double[] reaches(NumberFormat element) {
      return new Single().reaches(element);
    }

    @Override
    public double[] reaches(NumberFormat element, Extent.Region region) {
      boolean high = plan.orElseThrow().high().contains(region.column() / block);
      return new double[] {high ? most(element) : low.most()};
    }

    @Override
    public GroupEncoder encoder(NumberFormat element, ElementEncoding encoding) {
      return new Single().encoder(element, encoding);
    }
  }

  /**
   * Stored bits of an element of a rows x columns matrix: everything but the scales.
   *
   * @param groups number of innermost scales
   */
  double elementBits(NumberFormat element, int rows, int columns, int groups);

  /** The element values that a scale may bring the largest magnitude to; the best is taken. */
  double[] reaches(NumberFormat element);

  /** Of so many neighbours along K those whose magnitudes a scale is the mean of. */
  default int averaged(int columns) {
    return columns;
  }

  /** As {@link #reaches(NumberFormat)}, of the elements of a region. */
  default double[] reaches(NumberFormat element, Extent.Region region) {
    return reaches(element);
  }

  /** What finds the codes of a group. */
  GroupEncoder encoder(NumberFormat element, ElementEncoding encoding);

  /** The largest magnitude of a format's numbers on the side that has the larger ones. */
  private static double most(NumberFormat format) {
    if (format instanceof CodebookFormat codebook) {
      List<Double> values = codebook.values();
      return Math.max(-values.get(0), values.get(values.size() - 1));
    }
    long code = format.encodeDouble(Double.MAX_VALUE, RoundingMode.TOWARD_ZERO, Overflow.SATURATE);
    return format.decodeDouble(code);
  }
}
